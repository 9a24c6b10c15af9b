package org.segnode.preprocess;

import java.util.List;
import java.util.TreeSet;
import org.segnode.volume.Shape;
import org.segnode.volume.Spacing;

/**
 * Another order of the array axes, as {@code numpy.transpose} takes it.
 *
 * @param order axis i of the result is axis {@code order(i)} of the argument
 */
public record AxisPermutation(List<Integer> order) {
    public static final AxisPermutation IDENTITY = new AxisPermutation(List.of(0, 1, 2));

    public AxisPermutation {
        order = List.copyOf(order);
        if (order.size() != 3 || !new TreeSet<>(order).equals(new TreeSet<>(List.of(0, 1, 2)))) {
            throw new IllegalArgumentException("an order of axes is a permutation of 0, 1, 2, is " + order);
        }
    }

    public AxisPermutation inverse() {
        Integer[] inverse = new Integer[3];
        for (int axis = 0; axis < 3; axis++) {
            inverse[order.get(axis)] = axis;
        }
        return new AxisPermutation(List.of(inverse));
    }

    public boolean isIdentity() {
        return equals(IDENTITY);
    }

    public Shape apply(Shape shape) {
        return new Shape(shape.length(order.get(0)), shape.length(order.get(1)), shape.length(order.get(2)));
    }

    public Spacing apply(Spacing spacing) {
        return new Spacing(spacing.along(order.get(0)), spacing.along(order.get(1)), spacing.along(order.get(2)));
    }

    /** @param shape of the argument; @return the same array if nothing changes */
    public float[] apply(float[] voxels, Shape shape) {
        if (isIdentity()) {
            return voxels;
        }
        float[] permuted = new float[voxels.length];
        forEachVoxel(shape, (from, to) -> permuted[to] = voxels[from]);
        return permuted;
    }

    /** @param shape of the argument; @return the same array if nothing changes */
    public short[] apply(short[] labels, Shape shape) {
        if (isIdentity()) {
            return labels;
        }
        short[] permuted = new short[labels.length];
        forEachVoxel(shape, (from, to) -> permuted[to] = labels[from]);
        return permuted;
    }

    private interface Copy {
        void voxel(int from, int to);
    }

    private void forEachVoxel(Shape shape, Copy copy) {
        int[] strides = {shape.rows() * shape.columns(), shape.columns(), 1};
        Shape result = apply(shape);
        int step = strides[order.get(2)];
        int to = 0;
        for (int slice = 0; slice < result.slices(); slice++) {
            for (int row = 0; row < result.rows(); row++) {
                int from = slice * strides[order.get(0)] + row * strides[order.get(1)];
                for (int column = 0; column < result.columns(); column++, from += step) {
                    copy.voxel(from, to++);
                }
            }
        }
    }
}
