package org.segnode.dicom;

import org.segnode.dicom.outline.Polygon;
import org.segnode.volume.Position;

/** From rows and columns of a slice to the patient and back. */
final class SlicePlane {
    /** Decimal places of a mm: a micrometre. */
    private static final double PRECISION = 1e3;

    private final Position origin;
    private final Position rowStep;
    private final Position columnStep;

    private SlicePlane(Position origin, Position rowStep, Position columnStep) {
        this.origin = origin;
        this.rowStep = rowStep;
        this.columnStep = columnStep;
    }

    static SlicePlane of(Slice slice) {
        return new SlicePlane(slice.position(), slice.rowStep(), slice.columnStep());
    }

    /** x, y, z of each point in mm, as decimal strings. */
    String[] coordinates(Polygon polygon) {
        String[] texts = new String[3 * polygon.points()];
        for (int i = 0; i < polygon.points(); i++) {
            Position p = origin.plus(rowStep.times(polygon.rows()[i])).plus(columnStep.times(polygon.columns()[i]));
            texts[3 * i] = rounded(p.x());
            texts[3 * i + 1] = rounded(p.y());
            texts[3 * i + 2] = rounded(p.z());
        }
        return texts;
    }

    /**
     * The reverse.
     *
     * @param xyz of at least 3 points, in mm; what they are off the plane is ignored
     */
    Polygon polygon(double[] xyz) {
        double[] columns = new double[xyz.length / 3];
        double[] rows = new double[columns.length];
        for (int i = 0; i < columns.length; i++) {
            Position away = new Position(xyz[3 * i], xyz[3 * i + 1], xyz[3 * i + 2]).minus(origin);
            columns[i] = away.dot(columnStep) / columnStep.dot(columnStep);
            rows[i] = away.dot(rowStep) / rowStep.dot(rowStep);
        }
        return new Polygon(columns, rows);
    }

    private static String rounded(double mm) {
        return DecimalString.of(Math.rint(mm * PRECISION) / PRECISION);
    }
}
