package org.segnode.volume;

import java.math.BigDecimal;
import java.math.MathContext;

/**
 * Where the voxels of an array lie in the patient. Steps need not be perpendicular.
 *
 * @param shape voxels along slice, row, column
 * @param origin centre of the first voxel (slice 0, row 0, column 0), in mm
 * @param sliceStep from a voxel to its neighbour in the next slice, in mm
 * @param rowStep from a voxel to its neighbour in the next row, in mm
 * @param columnStep from a voxel to its neighbour in the next column, in mm
 */
public record Grid(Shape shape, Position origin, Position sliceStep, Position rowStep, Position columnStep) {
    private static final double ROUNDING = 1e-14;
    private static final MathContext DIGITS = new MathContext(13);

    public Grid {
        double volume = Math.abs(sliceStep.dot(rowStep.cross(columnStep)));
        double product = sliceStep.length() * rowStep.length() * columnStep.length();
        if (!(volume > 0) || !(product > 0) || Double.isInfinite(volume) || Double.isInfinite(product)) {
            throw new IllegalArgumentException("the steps between slices, rows and columns must span a volume: "
                    + sliceStep + rowStep + columnStep);
        }
    }

    /** An array whose indices grow to the left, back and head: an ordinary axial DICOM series, first voxel at 0, 0, 0. */
    public static Grid axial(Shape shape, Spacing spacing) {
        return new Grid(
                shape,
                new Position(0, 0, 0),
                new Position(0, 0, spacing.slice()),
                new Position(0, spacing.row(), 0),
                new Position(spacing.column(), 0, 0));
    }

    /** Lengths of the steps; a length that differs from a single-precision number only by rounding is that number. */
    public Spacing spacing() {
        return new Spacing(length(sliceStep), length(rowStep), length(columnStep));
    }

    private static double length(Position step) {
        double length = step.length();
        float single = (float) length;
        if (Math.abs(length - single) <= ROUNDING * length) {
            return single;
        }
        double decimal = BigDecimal.valueOf(length).round(DIGITS).doubleValue();
        return Math.abs(length - decimal) <= ROUNDING * length ? decimal : length;
    }

    /** Volume of one voxel in mm³. */
    public double voxelVolume() {
        return Math.abs(sliceStep.dot(rowStep.cross(columnStep)));
    }

    /** Centre of a voxel; indices outside the shape give the place where such a voxel would lie. */
    public Position position(double slice, double row, double column) {
        return origin.plus(sliceStep.times(slice)).plus(rowStep.times(row)).plus(columnStep.times(column));
    }

    /**
     * A way in mm as steps of this grid: the inverse of {@link #position} without the origin, by Cramer's rule.
     *
     * @return steps along slice, row, column; need not be whole
     */
    public double[] steps(Position way) {
        double whole = sliceStep.dot(rowStep.cross(columnStep));
        return new double[] {
            way.dot(rowStep.cross(columnStep)) / whole,
            way.dot(columnStep.cross(sliceStep)) / whole,
            way.dot(sliceStep.cross(rowStep)) / whole
        };
    }

    /** @param axis 0 slice, 1 row, 2 column */
    public Position step(int axis) {
        return switch (axis) {
            case 0 -> sliceStep;
            case 1 -> rowStep;
            case 2 -> columnStep;
            default -> throw new IllegalArgumentException("an axis is 0, 1 or 2, is " + axis);
        };
    }
}
