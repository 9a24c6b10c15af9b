package org.segnode.dicom;

import java.util.SortedSet;
import java.util.TreeSet;
import org.aoju.bus.image.Tag;
import org.aoju.bus.image.galaxy.data.Attributes;
import org.jspecify.annotations.Nullable;
import org.segnode.UnusableSeriesException;
import org.segnode.volume.Grid;
import org.segnode.volume.Position;
import org.segnode.volume.Shape;

/** The grid that the frames of a segmentation lie on. Frames without a segment are often left out: the places between are slices too. */
final class SegmentationGrid {
    /** Places nearer than this are one, in mm. */
    private static final double SAME_PLACE = 0.01;

    /** How far a frame may lie off its slice, in slices. */
    private static final double OFF = 0.1;

    private final Attributes object;
    private final PixelLayout layout;

    private SegmentationGrid(Attributes object) {
        this.object = object;
        this.layout = PixelLayout.of(object);
    }

    /** @throws UnusableSeriesException if frames have no place, several orientations, or uneven distances */
    static Grid of(Attributes object) throws UnusableSeriesException {
        return new SegmentationGrid(object).grid();
    }

    private Grid grid() throws UnusableSeriesException {
        PixelPlane first = plane(1);
        Position normal = first.normal();
        TreeSet<Double> heights = new TreeSet<>();
        PixelPlane lowest = first;
        for (int frame = 1; frame <= layout.frames(); frame++) {
            PixelPlane plane = plane(frame);
            if (!first.isParallelTo(plane)) {
                throw new UnusableSeriesException("frames 1 and " + frame + " have different orientations or spacings");
            }
            heights.add(normal.dot(plane.position()));
            lowest = normal.dot(plane.position()) < normal.dot(lowest.position()) ? plane : lowest;
        }
        double distance = distance(heights);
        int slices = slices(heights, distance);
        return new Grid(
                new Shape(slices, layout.rows(), layout.columns()),
                lowest.position(),
                normal.times(distance),
                lowest.rowStep(),
                lowest.columnStep());
    }

    private PixelPlane plane(int frame) throws UnusableSeriesException {
        return PixelPlane.of(object, groups(frame));
    }

    private @Nullable Attributes groups(int frame) {
        return object.getNestedDataset(Tag.PerFrameFunctionalGroupsSequence, frame - 1);
    }

    /** The smallest between frames; of a single frame, what its measures say. */
    private double distance(SortedSet<Double> heights) {
        double least = Double.POSITIVE_INFINITY;
        double before = Double.NEGATIVE_INFINITY;
        for (double height : heights) {
            if (height - before >= SAME_PLACE) {
                least = Math.min(least, height - before);
                before = height;
            }
        }
        if (Double.isFinite(least)) {
            return least;
        }
        Attributes measures = SliceHeaders.group(object, groups(1), Tag.PixelMeasuresSequence);
        double told = Math.abs(measures.getDouble(Tag.SpacingBetweenSlices, measures.getDouble(Tag.SliceThickness, 1)));
        return told >= SAME_PLACE && told < 1e3 ? told : 1;
    }

    private static int slices(SortedSet<Double> heights, double distance) throws UnusableSeriesException {
        for (double height : heights) {
            double place = (height - heights.first()) / distance;
            if (Math.abs(place - Math.rint(place)) > OFF) {
                throw new UnusableSeriesException("the frames lie at uneven distances: one is " + Words.number(place)
                        + " slices of " + Words.mm(distance) + " from the first");
            }
        }
        double slices = Math.rint((heights.last() - heights.first()) / distance) + 1;
        if (slices > 1 << 16) {
            throw new UnusableSeriesException("the frames lie on " + slices + " slices, more than 65536");
        }
        return (int) slices;
    }
}
