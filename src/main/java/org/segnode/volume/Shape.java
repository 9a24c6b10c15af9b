package org.segnode.volume;

/**
 * Number of voxels along each array axis. Arrays are stored with the column running fastest.
 *
 * @param slices voxels along the first axis, at least 1
 * @param rows voxels along the second axis, at least 1
 * @param columns voxels along the third axis, at least 1
 */
public record Shape(int slices, int rows, int columns) {
    public Shape {
        requirePositive("slices", slices);
        requirePositive("rows", rows);
        requirePositive("columns", columns);
        if ((double) slices * rows * columns > Integer.MAX_VALUE - 8) {
            throw new IllegalArgumentException(
                    "a volume has at most 2147483639 voxels, is " + slices + " x " + rows + " x " + columns);
        }
    }

    /** @param axes three lengths: slice, row, column */
    public static Shape of(int... axes) {
        if (axes.length != 3) {
            throw new IllegalArgumentException("a shape has 3 axes, is given " + axes.length);
        }
        return new Shape(axes[0], axes[1], axes[2]);
    }

    public int voxels() {
        return slices * rows * columns;
    }

    /** Place of a voxel in an array of this shape. */
    public int index(int slice, int row, int column) {
        return (slice * rows + row) * columns + column;
    }

    /** @param axis 0 slice, 1 row, 2 column */
    public int length(int axis) {
        return switch (axis) {
            case 0 -> slices;
            case 1 -> rows;
            case 2 -> columns;
            default -> throw new IllegalArgumentException("an axis is 0, 1 or 2, is " + axis);
        };
    }

    /** The three lengths: slice, row, column. */
    public int[] toArray() {
        return new int[] {slices, rows, columns};
    }

    @Override
    public String toString() {
        return slices + " x " + rows + " x " + columns;
    }

    private static void requirePositive(String name, int length) {
        if (length < 1) {
            throw new IllegalArgumentException("number of " + name + " must be at least 1, is " + length);
        }
    }
}
