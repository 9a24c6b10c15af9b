package org.segnode.dicom.outline;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The outlines of a label in a plane, by marching squares: a line passes half way between a pixel inside and its neighbour
 * outside and cuts corners, so that exactly the centres of the pixels inside lie within. Pixels that touch at corners only
 * are apart. A hole is joined to what surrounds it by a channel without width ("keyhole"), so that every outline is one closed
 * line and every reader fills it alike.
 */
public final class Outlines {
    private final Plane plane;
    private final List<Loop> loops = new ArrayList<>();

    private Outlines(Plane plane) {
        this.plane = plane;
    }

    /** @return polygons that do not overlap; none if the label is not there */
    public static List<Polygon> joined(LabelPlane plane, int label) {
        return traced(plane, label).joined();
    }

    /** The same without channels: a hole is a polygon of its own (even-odd rule). */
    public static List<Polygon> separate(LabelPlane plane, int label) {
        return simplified(traced(plane, label).loops);
    }

    private static Outlines traced(LabelPlane plane, int label) {
        Outlines outlines = new Outlines(new Plane(plane, label));
        outlines.trace();
        return outlines;
    }

    /** Every crossing between an inside pixel and its outside right neighbour, or the reverse, is on exactly one loop. */
    private void trace() {
        Crossings crossings = new Crossings(plane);
        for (int row = plane.top(); row <= plane.bottom(); row++) {
            for (int column = plane.left() - 1; column <= plane.right(); column++) {
                if (plane.inside(row, column) != plane.inside(row, column + 1) && crossings.isFree(row, column)) {
                    loops.add(new Loop(crossings.follow(row, column)));
                }
            }
        }
    }

    /** Holes from left to right: what lies to the left of a hole is then part of an outline already. */
    private List<Polygon> joined() {
        List<Loop> outlines = new ArrayList<>();
        List<Loop> holes = new ArrayList<>();
        loops.forEach(loop -> (loop.isHole() ? holes : outlines).add(loop));
        holes.sort(Comparator.comparingDouble(hole -> hole.column(hole.leftmost())));
        for (Loop hole : holes) {
            join(hole, outlines);
        }
        return simplified(outlines);
    }

    private static List<Polygon> simplified(List<Loop> loops) {
        return loops.stream().map(loop -> loop.polygon().simplified()).toList();
    }

    private void join(Loop hole, List<Loop> outlines) {
        int at = hole.leftmost();
        int row = (int) hole.row(at);
        int column = (int) Math.floor(hole.column(at));
        while (plane.inside(row, column)) {
            column--;
        }
        for (Loop outline : outlines) {
            int where = outline.find(column + 0.5, row);
            if (where >= 0) {
                outline.insert(where, hole, at);
                return;
            }
        }
        throw new IllegalStateException("the hole at row " + row + ", column " + column + " lies in nothing");
    }
}
