package org.segnode.dicom;

import java.util.BitSet;
import java.util.List;
import java.util.Map;
import org.segnode.UnusableSeriesException;
import org.segnode.volume.Shape;

/**
 * What a segmentation or a structure set marks on the slices of a series, or on a grid.
 *
 * @param shape of the slices or the grid
 * @param segments all that the object describes, ascending by number, empty ones too
 * @param leftOut what it marks that lies elsewhere or encloses nothing, in words; empty where everything is in the segments
 */
public record Annotation(Shape shape, List<MarkedSegment> segments, List<String> leftOut) {
    public Annotation {
        segments = List.copyOf(segments);
        leftOut = List.copyOf(leftOut);
    }

    /**
     * The number of the segment of each voxel, 0 where there is none.
     *
     * @throws UnusableSeriesException if something is left out, segments overlap, or a number is not from 1 to 32767
     */
    public short[] labels() throws UnusableSeriesException {
        LabelMarks marks = new LabelMarks(shape);
        leftOut.forEach(marks::leaveOut);
        for (MarkedSegment segment : segments) {
            BitSet voxels = segment.voxels();
            int end = 0;
            for (int from = voxels.nextSetBit(0); from >= 0; from = voxels.nextSetBit(end)) {
                end = voxels.nextClearBit(from);
                marks.add(segment.description().number(), from, end);
            }
        }
        return marks.taken(Map.of());
    }
}
