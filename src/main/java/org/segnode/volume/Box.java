package org.segnode.volume;

import java.util.Arrays;

/**
 * A part of an array: half-open ranges of indices, start included, end not.
 *
 * @param sliceStart first slice, at least 0
 * @param sliceEnd after the last slice, more than {@code sliceStart}
 * @param rowStart first row, at least 0
 * @param rowEnd after the last row, more than {@code rowStart}
 * @param columnStart first column, at least 0
 * @param columnEnd after the last column, more than {@code columnStart}
 */
public record Box(int sliceStart, int sliceEnd, int rowStart, int rowEnd, int columnStart, int columnEnd) {
    public Box {
        requireRange("slices", sliceStart, sliceEnd);
        requireRange("rows", rowStart, rowEnd);
        requireRange("columns", columnStart, columnEnd);
    }

    /** The whole of an array. */
    public static Box whole(Shape shape) {
        return new Box(0, shape.slices(), 0, shape.rows(), 0, shape.columns());
    }

    public Shape shape() {
        return new Shape(sliceEnd - sliceStart, rowEnd - rowStart, columnEnd - columnStart);
    }

    /** @param axis 0 slice, 1 row, 2 column */
    public int start(int axis) {
        return switch (axis) {
            case 0 -> sliceStart;
            case 1 -> rowStart;
            case 2 -> columnStart;
            default -> throw new IllegalArgumentException("an axis is 0, 1 or 2, is " + axis);
        };
    }

    /** @param axis 0 slice, 1 row, 2 column */
    public int end(int axis) {
        return start(axis) + shape().length(axis);
    }

    /** @return the voxels of the box; the same array if the box is the whole of it */
    public float[] cut(float[] voxels, Shape shape) {
        requireWithin(shape);
        if (equals(whole(shape))) {
            return voxels;
        }
        float[] part = new float[shape().voxels()];
        forEachRow(shape, (from, to, length) -> System.arraycopy(voxels, from, part, to, length));
        return part;
    }

    /** @return the labels of the box; the same array if the box is the whole of it */
    public short[] cut(short[] labels, Shape shape) {
        requireWithin(shape);
        if (equals(whole(shape))) {
            return labels;
        }
        short[] part = new short[shape().voxels()];
        forEachRow(shape, (from, to, length) -> System.arraycopy(labels, from, part, to, length));
        return part;
    }

    /** The inverse of {@link #cut(short[], Shape)}: labels in their place, 0 around them; the same array if the box is all. */
    public short[] paste(short[] part, Shape shape) {
        requireWithin(shape);
        if (equals(whole(shape))) {
            return part;
        }
        short[] labels = new short[shape.voxels()];
        forEachRow(shape, (to, from, length) -> System.arraycopy(part, from, labels, to, length));
        return labels;
    }

    /**
     * The inverse of {@link #cut(float[], Shape)}: values in their place, {@code around} elsewhere; the same array if the box
     * is all.
     */
    public float[] paste(float[] part, Shape shape, float around) {
        requireWithin(shape);
        if (equals(whole(shape))) {
            return part;
        }
        float[] voxels = new float[shape.voxels()];
        if (around != 0) {
            Arrays.fill(voxels, around);
        }
        forEachRow(shape, (to, from, length) -> System.arraycopy(part, from, voxels, to, length));
        return voxels;
    }

    private interface RowCopy {
        void copy(int whole, int part, int length);
    }

    private void forEachRow(Shape shape, RowCopy copy) {
        int length = columnEnd - columnStart;
        int part = 0;
        for (int slice = sliceStart; slice < sliceEnd; slice++) {
            for (int row = rowStart; row < rowEnd; row++) {
                copy.copy(shape.index(slice, row, columnStart), part, length);
                part += length;
            }
        }
    }

    private void requireWithin(Shape shape) {
        if (sliceEnd > shape.slices() || rowEnd > shape.rows() || columnEnd > shape.columns()) {
            throw new IllegalArgumentException("the box " + this + " reaches beyond the shape " + shape);
        }
    }

    private static void requireRange(String name, int start, int end) {
        if (start < 0 || end <= start) {
            throw new IllegalArgumentException(
                    "a box has at least one of the " + name + ", from 0 on, is from " + start + " to " + end);
        }
    }
}
