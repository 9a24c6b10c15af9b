package org.segnode.volume;

/**
 * Distance between voxel centres along each array axis, in mm.
 *
 * @param slice between slices, more than 0
 * @param row between rows, more than 0
 * @param column between columns, more than 0
 */
public record Spacing(double slice, double row, double column) {
    public Spacing {
        requireDistance("slice", slice);
        requireDistance("row", row);
        requireDistance("column", column);
    }

    /** @param axes three distances: slice, row, column, in mm */
    public static Spacing of(double... axes) {
        if (axes.length != 3) {
            throw new IllegalArgumentException("a spacing has 3 axes, is given " + axes.length);
        }
        return new Spacing(axes[0], axes[1], axes[2]);
    }

    /** @param axis 0 slice, 1 row, 2 column */
    public double along(int axis) {
        return switch (axis) {
            case 0 -> slice;
            case 1 -> row;
            case 2 -> column;
            default -> throw new IllegalArgumentException("an axis is 0, 1 or 2, is " + axis);
        };
    }

    /** The three distances in mm: slice, row, column. */
    public double[] toArray() {
        return new double[] {slice, row, column};
    }

    private static void requireDistance(String name, double distance) {
        if (!(distance > 0) || Double.isInfinite(distance)) {
            throw new IllegalArgumentException(name + " spacing must be a positive number of mm, is " + distance);
        }
    }
}
