package org.segnode.dicom;

import java.util.List;
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
        if (!leftOut.isEmpty()) {
            throw new UnusableSeriesException(Words.some(leftOut));
        }
        short[] labels = new short[shape.voxels()];
        for (MarkedSegment segment : segments) {
            paint(segment, labels);
        }
        return labels;
    }

    private static void paint(MarkedSegment segment, short[] labels) throws UnusableSeriesException {
        int number = segment.description().number();
        for (int i = segment.voxels().nextSetBit(0);
                i >= 0;
                i = segment.voxels().nextSetBit(i + 1)) {
            if (labels[i] != 0) {
                throw new UnusableSeriesException("segments " + labels[i] + " and " + number + " overlap");
            }
            if (number < 1 || number > Short.MAX_VALUE) {
                throw new UnusableSeriesException("a segment has the number " + number + ", not one from 1 to 32767");
            }
            labels[i] = (short) number;
        }
    }
}
