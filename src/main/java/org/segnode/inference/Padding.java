package org.segnode.inference;

import org.segnode.volume.Shape;

/**
 * Zeros around a volume so that a tile fits; where an odd number is missing the far side gets one more.
 *
 * @param original shape without padding
 * @param padded shape with it
 */
record Padding(Shape original, Shape padded) {
    static Padding of(Shape shape, int[] patch) {
        return new Padding(
                shape,
                new Shape(
                        Math.max(shape.slices(), patch[0]),
                        Math.max(shape.rows(), patch[1]),
                        Math.max(shape.columns(), patch[2])));
    }

    private int before(int axis) {
        return (padded.length(axis) - original.length(axis)) / 2;
    }

    /** The same array if there is nothing to add. */
    float[] pad(float[] voxels) {
        if (original.equals(padded)) {
            return voxels;
        }
        float[] target = new float[padded.voxels()];
        for (int slice = 0; slice < original.slices(); slice++) {
            for (int row = 0; row < original.rows(); row++) {
                System.arraycopy(voxels, original.index(slice, row, 0), target, place(slice, row), original.columns());
            }
        }
        return target;
    }

    /** The same array if nothing was added. */
    short[] crop(short[] voxels) {
        if (original.equals(padded)) {
            return voxels;
        }
        short[] target = new short[original.voxels()];
        for (int slice = 0; slice < original.slices(); slice++) {
            for (int row = 0; row < original.rows(); row++) {
                System.arraycopy(voxels, place(slice, row), target, original.index(slice, row, 0), original.columns());
            }
        }
        return target;
    }

    /** The same array if nothing was added. */
    float[] crop(float[] voxels) {
        if (original.equals(padded)) {
            return voxels;
        }
        float[] target = new float[original.voxels()];
        for (int slice = 0; slice < original.slices(); slice++) {
            for (int row = 0; row < original.rows(); row++) {
                System.arraycopy(voxels, place(slice, row), target, original.index(slice, row, 0), original.columns());
            }
        }
        return target;
    }

    private int place(int slice, int row) {
        return padded.index(slice + before(0), row + before(1), before(2));
    }
}
