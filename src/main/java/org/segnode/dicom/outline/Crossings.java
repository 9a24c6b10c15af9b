package org.segnode.dicom.outline;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * Walks along the border of a label from crossing to crossing. A crossing lies half way between two neighbouring pixels of
 * which one is inside; coordinates are doubled, so that all are whole numbers. The inside is always to the right of the walk.
 */
final class Crossings {
    private final Plane plane;
    private final BitSet taken = new BitSet();

    Crossings(Plane plane) {
        this.plane = plane;
    }

    /** Whether no walk has passed between a pixel and its right neighbour. */
    boolean isFree(int row, int column) {
        return !taken.get(key(row, column));
    }

    /**
     * @param column of the left one of two pixels in {@code row}, of which one is inside
     * @return doubled column and row of each crossing until the first is reached again
     */
    List<int[]> follow(int row, int column) {
        List<int[]> points = new ArrayList<>();
        int startX = 2 * column + 1;
        int startY = 2 * row;
        int x = startX;
        int y = startY;
        int down =
                plane.inside(row, column) ? 1 : -1; // inside to the right of the walk: left of the crossing, going down
        int dx = 0;
        int dy = down;
        do {
            points.add(new int[] {x, y});
            if (y % 2 == 0) {
                taken.set(key(y / 2, Math.floorDiv(x, 2)));
            }
            int[] step = step(x, y, dx, dy);
            x += step[0];
            y += step[1];
            dx = step[2];
            dy = step[3];
        } while (x != startX || y != startY);
        return points;
    }

    /**
     * Through one cell of four pixels.
     *
     * @param dx direction in which the cell is entered: along columns, or 0
     * @param dy along rows, or 0
     * @return doubled step along columns and rows, and the direction in which the next cell is entered
     */
    private int[] step(int x, int y, int dx, int dy) {
        // the pixels ahead, on the right hand (rightX, rightY) and on the left hand of the walk; rows grow downwards
        int rightX = -dy;
        int rightY = dx;
        boolean aheadRight = inside(x + 2 * dx + rightX, y + 2 * dy + rightY);
        boolean aheadLeft = inside(x + 2 * dx - rightX, y + 2 * dy - rightY);
        if (!aheadRight) {
            return new int[] {dx + rightX, dy + rightY, rightX, rightY};
        }
        if (!aheadLeft) {
            return new int[] {2 * dx, 2 * dy, dx, dy};
        }
        return new int[] {dx - rightX, dy - rightY, -rightX, -rightY};
    }

    /** Of the pixel with these doubled coordinates. */
    private boolean inside(int x, int y) {
        return plane.inside(y / 2, Math.floorDiv(x, 2));
    }

    private int key(int row, int column) {
        return (row - plane.top()) * (plane.right() - plane.left() + 2) + column - plane.left() + 1;
    }
}
