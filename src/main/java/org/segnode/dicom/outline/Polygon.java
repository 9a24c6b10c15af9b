package org.segnode.dicom.outline;

import java.util.Arrays;

/**
 * A closed line in a plane; the last point is followed by the first. The centre of the pixel in row 0, column 0 is (0, 0).
 *
 * @param columns of the points
 * @param rows of the points, as many
 */
@SuppressWarnings("ArrayRecordComponent") // handed over, never compared
public record Polygon(double[] columns, double[] rows) {
    public Polygon {
        if (columns.length != rows.length || columns.length < 3) {
            throw new IllegalArgumentException("a polygon has at least 3 points of two coordinates, is given "
                    + columns.length + " and " + rows.length);
        }
    }

    public int points() {
        return columns.length;
    }

    /** Twice the area, positive where the inside lies to the right of the line, with rows growing downwards. */
    double doubleArea() {
        double sum = 0;
        for (int i = 0, j = points() - 1; i < points(); j = i++) {
            sum += columns[j] * rows[i] - columns[i] * rows[j];
        }
        return sum;
    }

    /** Without points between two others on a straight line forwards. */
    Polygon simplified() {
        double[] x = new double[points()];
        double[] y = new double[points()];
        int kept = 0;
        for (int i = 0; i < points(); i++) {
            int before = (i + points() - 1) % points();
            int after = (i + 1) % points();
            double inX = columns[i] - columns[before];
            double inY = rows[i] - rows[before];
            double outX = columns[after] - columns[i];
            double outY = rows[after] - rows[i];
            boolean straight = inX * outY == inY * outX && inX * outX + inY * outY > 0;
            if (!straight) {
                x[kept] = columns[i];
                y[kept++] = rows[i];
            }
        }
        return new Polygon(Arrays.copyOf(x, kept), Arrays.copyOf(y, kept));
    }

    /** The first row of pixels that {@link #toggle} touches. */
    public int firstRow() {
        return (int) Math.max(0, Math.ceil(Arrays.stream(rows).min().orElse(0)));
    }

    /** The row after the last that it touches. */
    public int endRow(int rowCount) {
        return (int) Math.min(rowCount, Math.ceil(Arrays.stream(rows).max().orElse(0)));
    }

    /**
     * Toggles every pixel whose centre lies inside (even-odd rule), so that what is drawn inside of something is a hole.
     *
     * @param mask of a plane, row by row
     */
    public void toggle(boolean[] mask, int rowCount, int columnCount) {
        for (int i = 0, j = points() - 1; i < points(); j = i++) {
            double slope = (columns[j] - columns[i]) / (rows[j] - rows[i]);
            int first = (int) Math.max(0, Math.ceil(Math.min(rows[i], rows[j])));
            int end = (int) Math.min(rowCount, Math.ceil(Math.max(rows[i], rows[j])));
            for (int row = first; row < end; row++) {
                double crossing = columns[i] + (row - rows[i]) * slope;
                toggleFrom(mask, row, columnCount, (int) Math.min(columnCount, Math.max(0, Math.ceil(crossing))));
            }
        }
    }

    /** All to the right of a crossing: an even number of crossings cancels out. */
    private static void toggleFrom(boolean[] mask, int row, int columnCount, int from) {
        for (int at = row * columnCount + from, end = (row + 1) * columnCount; at < end; at++) {
            mask[at] = !mask[at];
        }
    }
}
