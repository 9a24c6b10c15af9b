package org.segnode.dicom;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.segnode.volume.Shape;

/** Keeps each segment apart: they may overlap. */
final class SegmentMarks implements Marks<Annotation> {
    private final Shape shape;
    private final Map<Integer, BitSet> voxels = new TreeMap<>();
    private final List<String> leftOut = new ArrayList<>();

    SegmentMarks(Shape shape) {
        this.shape = shape;
    }

    @Override
    public void add(int segment, int from, int to) {
        voxels.computeIfAbsent(segment, number -> new BitSet()).set(from, to);
    }

    @Override
    public void leaveOut(String what) {
        leftOut.add(what);
    }

    @Override
    public Annotation taken(Map<Integer, SegmentDescription> described) {
        Map<Integer, SegmentDescription> all = new TreeMap<>(described);
        voxels.keySet().forEach(number -> all.computeIfAbsent(number, SegmentDescriptions::unknown));
        List<MarkedSegment> segments = all.values().stream()
                .map(description ->
                        new MarkedSegment(description, voxels.getOrDefault(description.number(), new BitSet())))
                .toList();
        return new Annotation(shape, segments, leftOut);
    }
}
