package org.segnode.cli.demo;

import java.awt.geom.Path2D;
import org.segnode.volume.LabelMap;

/**
 * The outline of a label in one slice, by marching squares: lines pass half way between a voxel inside and its neighbour
 * outside, corners are cut.
 */
final class Contour {
    private final LabelMap labelMap;
    private final int slice;
    private final int label;

    /** @param slice counted from 0 */
    Contour(LabelMap labelMap, int slice, int label) {
        this.labelMap = labelMap;
        this.slice = slice;
        this.label = label;
    }

    /** Lines in voxel units: x along columns, y along rows, the centre of voxel (row 0, column 0) at (0, 0). */
    Path2D path() {
        Path2D path = new Path2D.Double();
        for (int row = -1; row < labelMap.shape().rows(); row++) {
            for (int column = -1; column < labelMap.shape().columns(); column++) {
                addCell(path, row, column);
            }
        }
        return path;
    }

    /** 1 inside, 0 outside, between them interpolated: the contour is where it is 0.5. */
    double coverage(double row, double column) {
        int top = (int) Math.floor(row);
        int left = (int) Math.floor(column);
        double down = row - top;
        double right = column - left;
        return (1 - down) * ((1 - right) * inside(top, left) + right * inside(top, left + 1))
                + down * ((1 - right) * inside(top + 1, left) + right * inside(top + 1, left + 1));
    }

    /** The cell between four voxel centres; (row, column) is the upper left one. */
    private void addCell(Path2D path, int row, int column) {
        int corners = inside(row, column)
                + 2 * inside(row, column + 1)
                + 4 * inside(row + 1, column + 1)
                + 8 * inside(row + 1, column);
        double[] top = {column + 0.5, row};
        double[] right = {column + 1, row + 0.5};
        double[] bottom = {column + 0.5, row + 1};
        double[] left = {column, row + 0.5};
        switch (corners) {
            case 1, 14 -> addLine(path, left, top);
            case 2, 13 -> addLine(path, top, right);
            case 3, 12 -> addLine(path, left, right);
            case 4, 11 -> addLine(path, right, bottom);
            case 6, 9 -> addLine(path, top, bottom);
            case 7, 8 -> addLine(path, left, bottom);
            case 5 -> {
                addLine(path, left, top);
                addLine(path, right, bottom);
            }
            case 10 -> {
                addLine(path, top, right);
                addLine(path, left, bottom);
            }
            default -> {} // all inside or all outside
        }
    }

    private static void addLine(Path2D path, double[] from, double[] to) {
        path.moveTo(from[0], from[1]);
        path.lineTo(to[0], to[1]);
    }

    private int inside(int row, int column) {
        boolean within = row >= 0
                && column >= 0
                && row < labelMap.shape().rows()
                && column < labelMap.shape().columns();
        return within && labelMap.label(slice, row, column) == label ? 1 : 0;
    }
}
