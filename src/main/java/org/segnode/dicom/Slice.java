package org.segnode.dicom;

import java.nio.file.Path;
import java.util.OptionalDouble;
import org.segnode.volume.Position;

/**
 * One plane of a series: a single-frame object or a frame of a multi-frame one.
 *
 * @param file where its pixels are
 * @param frame number of the frame in the file, from 1
 * @param multiFrame whether a reference must name the frame
 * @param instanceNumber for people; empty where the object has none
 * @param position centre of the first pixel, in mm
 * @param alongRow unit vector in which the column index grows
 * @param alongColumn unit vector in which the row index grows
 * @param rowSpacing between the centres of neighbouring rows, in mm
 * @param columnSpacing between the centres of neighbouring columns, in mm
 * @param thickness Slice Thickness in mm, where positive
 * @param skew how far the directions as written are from unit length or from being perpendicular; 1 is a unit vector
 * @param localizer whether its Image Type says that it only shows where others lie
 * @param stack Stack ID (0020,9056); empty where frames have none
 * @param slope of the modality transformation (PS3.3 C.11.1): value = slope * stored + intercept
 */
record Slice(
        Path file,
        int frame,
        boolean multiFrame,
        String sopClassUid,
        String sopInstanceUid,
        String instanceNumber,
        Position position,
        Position alongRow,
        Position alongColumn,
        double rowSpacing,
        double columnSpacing,
        OptionalDouble thickness,
        double skew,
        boolean localizer,
        String stack,
        PixelLayout layout,
        double slope,
        double intercept) {

    /** Direction in which slices are counted: perpendicular to rows and columns, of length 1. */
    Position normal() {
        return alongRow.cross(alongColumn);
    }

    Position rowStep() {
        return alongColumn.times(rowSpacing);
    }

    Position columnStep() {
        return alongRow.times(columnSpacing);
    }

    /** How people find it in the viewer. */
    String words() {
        String instance = instanceNumber.isEmpty() ? "without instance number" : "instance " + instanceNumber;
        return multiFrame ? "frame " + frame + " of " + instance : instance;
    }
}
