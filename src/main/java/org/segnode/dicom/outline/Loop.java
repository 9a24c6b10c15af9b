package org.segnode.dicom.outline;

import java.util.ArrayList;
import java.util.List;

/** A closed line that others can be joined to. */
final class Loop {
    private final List<int[]> points;

    /** @param points doubled column and row */
    Loop(List<int[]> points) {
        this.points = new ArrayList<>(points);
    }

    /** Whether it runs around what is outside: the inside is to the right of the line. */
    boolean isHole() {
        return polygon().doubleArea() < 0;
    }

    double column(int i) {
        return points.get(i)[0] / 2.0;
    }

    double row(int i) {
        return points.get(i)[1] / 2.0;
    }

    /** Index of a point with the least column: it lies between two pixels of a row. */
    int leftmost() {
        int leftmost = 0;
        for (int i = 1; i < points.size(); i++) {
            if (points.get(i)[0] < points.get(leftmost)[0]) {
                leftmost = i;
            }
        }
        return leftmost;
    }

    /** Index of a point, or -1. */
    int find(double column, double row) {
        for (int i = 0; i < points.size(); i++) {
            if (column(i) == column && row(i) == row) {
                return i;
            }
        }
        return -1;
    }

    /** From the point at {@code where} to another loop's point, once around that loop, and back. */
    void insert(int where, Loop other, int from) {
        List<int[]> way = new ArrayList<>();
        for (int i = 0; i <= other.points.size(); i++) {
            way.add(other.points.get((from + i) % other.points.size()));
        }
        way.add(points.get(where));
        points.addAll(where + 1, way);
    }

    Polygon polygon() {
        double[] columns = new double[points.size()];
        double[] rows = new double[points.size()];
        for (int i = 0; i < points.size(); i++) {
            columns[i] = column(i);
            rows[i] = row(i);
        }
        return new Polygon(columns, rows);
    }
}
