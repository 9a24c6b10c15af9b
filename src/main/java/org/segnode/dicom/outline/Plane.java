package org.segnode.dicom.outline;

/** Where one label is in a plane, and the box around it. */
final class Plane {
    private final LabelPlane plane;
    private final int label;
    private int top;
    private int bottom = -1;
    private int left;
    private int right = -1;

    Plane(LabelPlane plane, int label) {
        this.plane = plane;
        this.label = label;
        this.top = plane.rows();
        this.left = plane.columns();
        for (int row = plane.firstRow(); row < plane.endRow(); row++) {
            for (int column = 0; column < plane.columns(); column++) {
                if (plane.has(label, row, column)) {
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
        return plane.has(label, row, column);
    }
}
