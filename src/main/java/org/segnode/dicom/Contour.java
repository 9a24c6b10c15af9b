package org.segnode.dicom;

import java.util.List;
import org.aoju.bus.image.Tag;
import org.aoju.bus.image.galaxy.data.Attributes;
import org.segnode.volume.Position;

/**
 * One contour of a region, and the slice nearest to it.
 *
 * @param type Contour Geometric Type (3006,0042)
 * @param xyz of its points, in mm
 * @param slice index of the slice nearest to the middle of its points
 * @param off signed distance of that middle from the slice, in mm
 * @param farthest largest distance of a point from the slice, in mm
 */
@SuppressWarnings("ArrayRecordComponent") // handed over, never compared
record Contour(String type, double[] xyz, int slice, double off, double farthest) {
    /** Farther from the isocentre nothing lies, in mm. */
    private static final double FARTHEST = 1e6;

    static Contour of(Attributes item, List<Slice> slices) {
        String type = Texts.fitting(item.getString(Tag.ContourGeometricType, ""), 16);
        double[] xyz = item.getDoubles(Tag.ContourData);
        if (xyz == null || xyz.length < 9 || xyz.length % 3 != 0 || !finite(xyz)) {
            return new Contour(type, new double[0], 0, 0, 0);
        }
        Position normal = slices.get(0).normal();
        double middle = 0;
        for (int i = 0; i < xyz.length; i += 3) {
            middle += 3.0 / xyz.length * height(xyz, i, normal);
        }
        int nearest = nearest(slices, middle, normal);
        double plane = normal.dot(slices.get(nearest).position());
        double farthest = 0;
        for (int i = 0; i < xyz.length; i += 3) {
            farthest = Math.max(farthest, Math.abs(height(xyz, i, normal) - plane));
        }
        return new Contour(type, xyz, nearest, middle - plane, farthest);
    }

    /**
     * Why nothing can be filled; empty if it can.
     *
     * @param reach how far a point may lie off the slice, in mm
     */
    String unusable(double reach) {
        if (!type.startsWith("CLOSED")) {
            return "a contour of the type " + type + " encloses nothing";
        }
        if (xyz.length == 0) {
            return "a contour has not three or more points of three coordinates";
        }
        return farthest <= reach
                ? ""
                : "a point of a contour lies " + Words.mm(farthest) + " off the nearest slice, more than "
                        + Words.mm(reach);
    }

    private static int nearest(List<Slice> slices, double height, Position normal) {
        int nearest = 0;
        double least = Double.POSITIVE_INFINITY;
        for (int k = 0; k < slices.size(); k++) {
            double away = Math.abs(normal.dot(slices.get(k).position()) - height);
            if (away < least) {
                nearest = k;
                least = away;
            }
        }
        return nearest;
    }

    private static double height(double[] xyz, int at, Position normal) {
        return normal.dot(new Position(xyz[at], xyz[at + 1], xyz[at + 2]));
    }

    private static boolean finite(double[] xyz) {
        for (double coordinate : xyz) {
            if (!(Math.abs(coordinate) <= FARTHEST)) {
                return false;
            }
        }
        return true;
    }
}
