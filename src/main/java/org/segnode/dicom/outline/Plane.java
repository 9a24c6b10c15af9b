package org.segnode.dicom.outline;

/** Where one label is in a plane, and the box around it. */
final class Plane {
    private final short[] labels;
    private final int start;
    private final int rows;
    private final int columns;
    private final int label;
    private int top;
    private int bottom = -1;
    private int left;
    private int right = -1;

    Plane(short[] labels, int start, int rows, int columns, int label) {
        this.labels = labels;
        this.start = start;
        this.rows = rows;
        this.columns = columns;
        this.label = label;
        this.top = rows;
        this.left = columns;
        for (int row = 0; row < rows; row++) {
            for (int column = 0; column < columns; column++) {
                if (labels[start + row * columns + column] == label) {
                    top = Math.min(top, row);
                    bottom = row;
                    left = Math.min(left, column);
                    right = Math.max(right, column);
                }
            }
        }
    }

    boolean isEmpty() {
        return bottom < 0;
    }

    /** First row that has the label. */
    int top() {
        return top;
    }

    int bottom() {
        return bottom;
    }

    int left() {
        return left;
    }

    int right() {
        return right;
    }

    /** Whether a pixel has the label; outside the plane none has. */
    boolean inside(int row, int column) {
        return row >= 0
                && row < rows
                && column >= 0
                && column < columns
                && labels[start + row * columns + column] == label;
    }
}
