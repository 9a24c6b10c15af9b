package org.segnode.dicom;

import org.segnode.volume.Position;

/** The plane in which slices lie. */
public enum AnatomicalPlane {
    SAGITTAL,
    CORONAL,
    AXIAL,
    /** More than 30 degrees from each of the others. */
    OBLIQUE;

    private static final double MOST = Math.toRadians(30);

    /** @param normal of the slices, not zero */
    static AnatomicalPlane of(Position normal) {
        return angle(normal) > MOST ? OBLIQUE : values()[nearest(normal)];
    }

    /** Angle in radians between the slices and the nearest of the three planes. */
    static double angle(Position normal) {
        double[] cosines = cosines(normal);
        return Math.acos(Math.min(1, cosines[nearest(normal)]));
    }

    private static int nearest(Position normal) {
        double[] cosines = cosines(normal);
        int nearest = 0;
        for (int axis = 1; axis < 3; axis++) {
            nearest = cosines[axis] > cosines[nearest] ? axis : nearest;
        }
        return nearest;
    }

    private static double[] cosines(Position normal) {
        double length = normal.length();
        return new double[] {Math.abs(normal.x()) / length, Math.abs(normal.y()) / length, Math.abs(normal.z()) / length
        };
    }
}
