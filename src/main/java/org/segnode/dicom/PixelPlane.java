package org.segnode.dicom;

import org.aoju.bus.image.Tag;
import org.aoju.bus.image.galaxy.data.Attributes;
import org.jspecify.annotations.Nullable;
import org.segnode.UnusableSeriesException;
import org.segnode.volume.Position;

/**
 * Where the pixels of a frame lie, as the object says it.
 *
 * @param position centre of the first pixel, in mm
 * @param rowStep to the same pixel of the next row, in mm
 * @param columnStep to the next pixel of the row, in mm
 */
record PixelPlane(Position position, Position rowStep, Position columnStep) {
    /** Steps of parallel planes differ by less, in mm: 0.05 mm after 512 pixels. */
    private static final double SAME_STEP = 1e-4;

    static PixelPlane of(Attributes object, @Nullable Attributes frame) throws UnusableSeriesException {
        double[] position = numbers(object, frame, Tag.PlanePositionSequence, Tag.ImagePositionPatient, 3);
        double[] cosines = numbers(object, frame, Tag.PlaneOrientationSequence, Tag.ImageOrientationPatient, 6);
        double[] spacing = numbers(object, frame, Tag.PixelMeasuresSequence, Tag.PixelSpacing, 2);
        Position alongRow = new Position(cosines[0], cosines[1], cosines[2]);
        Position alongColumn = new Position(cosines[3], cosines[4], cosines[5]);
        return new PixelPlane(Position.of(position), alongColumn.times(spacing[0]), alongRow.times(spacing[1]));
    }

    /** Of length 1, in the direction in which slices are counted. */
    Position normal() throws UnusableSeriesException {
        Position normal = columnStep.cross(rowStep);
        if (!(normal.length() > 0)) {
            throw new UnusableSeriesException("the rows and columns of a frame span no plane");
        }
        return normal.times(1 / normal.length());
    }

    boolean isParallelTo(PixelPlane other) {
        return rowStep.minus(other.rowStep).length() < SAME_STEP
                && columnStep.minus(other.columnStep).length() < SAME_STEP;
    }

    private static double[] numbers(Attributes object, @Nullable Attributes frame, int sequence, int tag, int count)
            throws UnusableSeriesException {
        double[] values = SliceHeaders.group(object, frame, sequence).getDoubles(tag);
        if (values == null || values.length != count) {
            throw new UnusableSeriesException("a frame has no position, orientation or spacing");
        }
        for (double value : values) {
            if (!(Math.abs(value) < 1e9)) {
                throw new UnusableSeriesException("a frame has " + value + " in its position, orientation or spacing");
            }
        }
        return values;
    }
}
