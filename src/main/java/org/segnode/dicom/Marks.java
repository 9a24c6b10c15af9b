package org.segnode.dicom;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.aoju.bus.image.galaxy.data.Attributes;
import org.segnode.UnusableSeriesException;
import org.segnode.volume.Shape;

/** Collects the voxels of segments while an object is read. */
final class Marks {
    private final Shape shape;
    private final Map<Integer, BitSet> voxels = new TreeMap<>();
    private final List<String> leftOut = new ArrayList<>();

    Marks(Shape shape) {
        this.shape = shape;
    }

    /** Those of a segment so far; more are set there. */
    BitSet of(int segment) {
        return voxels.computeIfAbsent(segment, number -> new BitSet());
    }

    /** @param what in words that is marked but has no voxel */
    void leaveOut(String what) {
        leftOut.add(what);
    }

    /** @param object whose segments they are */
    Annotation annotation(Attributes object) throws UnusableSeriesException {
        Map<Integer, SegmentDescription> described = new TreeMap<>(SegmentDescriptions.of(object));
        voxels.keySet().forEach(number -> described.computeIfAbsent(number, SegmentDescriptions::unknown));
        List<MarkedSegment> segments = described.values().stream()
                .map(description ->
                        new MarkedSegment(description, voxels.getOrDefault(description.number(), new BitSet())))
                .toList();
        return new Annotation(shape, segments, leftOut);
    }
}
