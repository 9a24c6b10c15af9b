package org.segnode.dicom;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.aoju.bus.image.Tag;
import org.aoju.bus.image.galaxy.data.Attributes;
import org.aoju.bus.image.galaxy.data.VR;
import org.segnode.dicom.outline.LabelPlane;
import org.segnode.volume.Position;
import org.segnode.volume.Shape;

/**
 * Which segments have voxels on which slices: these become frames, ordered by segment and then by slice.
 *
 * @param frames never empty: a label map without voxels has one empty frame, of the first segment on the first slice
 * @param voxels per segment
 */
@SuppressWarnings("ArrayRecordComponent") // handed over, never compared
record SegmentationFrames(List<Frame> frames, long[] voxels) {
    /**
     * @param segment number of the segment, from 1; 0 for all
     * @param slice index of the slice, from 0
     * @param firstRow that has the segment
     * @param endRow the row after the last that has it
     */
    record Frame(int segment, int slice, int firstRow, int endRow) {
        LabelPlane plane(SourceLabels labels) {
            Shape shape = labels.shape();
            return new LabelPlane(
                    labels.labels(), shape.index(slice, 0, 0), shape.rows(), shape.columns(), firstRow, endRow);
        }
    }

    private static final Frame EMPTY = new Frame(1, 0, 0, 0);

    static SegmentationFrames of(SegmentedSeries result) {
        Shape shape = result.source().shape();
        int plane = shape.rows() * shape.columns();
        int[] segmentOf = result.segmentOfLabel();
        long[][] count = new long[result.meanings().size() + 1][shape.slices()];
        int[][] firstRow = new int[count.length][shape.slices()];
        int[][] endRow = new int[count.length][shape.slices()];
        short[] labels = result.labels().labels();
        IntStream.range(0, shape.slices()).parallel().forEach(slice -> {
            for (int i = slice * plane, end = i + plane; i < end; i++) {
                if (labels[i] != 0) {
                    int segment = segmentOf[labels[i]];
                    int row = (i - slice * plane) / shape.columns();
                    if (count[segment][slice]++ == 0) {
                        firstRow[segment][slice] = row;
                    }
                    endRow[segment][slice] = row + 1;
                }
            }
        });
        return of(count, firstRow, endRow);
    }

    /** A frame for each slice on which a segment has any probability; voxels are those of the labels. */
    static SegmentationFrames ofLevels(SegmentedSeries result) {
        Shape shape = result.source().shape();
        int plane = shape.rows() * shape.columns();
        int[] segmentOf = result.segmentOfLabel();
        byte[] nothing = new byte[plane];
        List<Frame> frames = new ArrayList<>();
        result.levels().forEach((label, level) -> {
            for (int slice = 0; slice < shape.slices(); slice++) {
                int start = slice * plane;
                if (Arrays.mismatch(level, start, start + plane, nothing, 0, plane) >= 0) {
                    frames.add(new Frame(segmentOf[label], slice, 0, shape.rows()));
                }
            }
        });
        if (frames.isEmpty()) {
            frames.add(EMPTY);
        }
        return new SegmentationFrames(List.copyOf(frames), of(result).voxels());
    }

    private static SegmentationFrames of(long[][] count, int[][] firstRow, int[][] endRow) {
        List<Frame> frames = new ArrayList<>();
        long[] voxels = new long[count.length - 1];
        for (int segment = 1; segment < count.length; segment++) {
            for (int slice = 0; slice < count[segment].length; slice++) {
                voxels[segment - 1] += count[segment][slice];
                if (count[segment][slice] > 0) {
                    frames.add(new Frame(segment, slice, firstRow[segment][slice], endRow[segment][slice]));
                }
            }
        }
        if (frames.isEmpty()) {
            frames.add(EMPTY);
        }
        return new SegmentationFrames(List.copyOf(frames), voxels);
    }

    /** The slices on which there is anything, ascending, as frames of segment 0: each shows all segments. */
    SegmentationFrames bySlice() {
        List<Frame> slices = frames.stream()
                .map(Frame::slice)
                .distinct()
                .sorted()
                .map(slice -> new Frame(0, slice, 0, 0))
                .toList();
        return new SegmentationFrames(slices, voxels);
    }

    /**
     * Those of some segments, which are counted from 1 anew.
     *
     * @param from index of the first segment
     * @param to index after the last segment
     */
    SegmentationFrames ofSegments(int from, int to) {
        List<Frame> some = new ArrayList<>();
        for (Frame frame : frames) {
            if (frame.segment() > from && frame.segment() <= to) {
                some.add(new Frame(frame.segment() - from, frame.slice(), frame.firstRow(), frame.endRow()));
            }
        }
        if (some.isEmpty()) {
            some.add(EMPTY);
        }
        return new SegmentationFrames(List.copyOf(some), Arrays.copyOfRange(voxels, from, to));
    }

    /** @param segment number, from 1 */
    List<Frame> ofSegment(int segment) {
        return frames.stream().filter(frame -> frame.segment() == segment).toList();
    }

    boolean isEmpty() {
        return Arrays.stream(voxels).sum() == 0;
    }

    /**
     * The functional groups of all frames (PS3.3 C.7.6.16).
     *
     * @param allSegments whether a frame shows all segments
     */
    Attributes[] groups(SourceSeries source, boolean allSegments) {
        return frames.stream()
                .map(frame -> groups(frame, source.slices().get(frame.slice()), allSegments))
                .toArray(Attributes[]::new);
    }

    private static Attributes groups(Frame frame, Slice slice, boolean allSegments) {
        Attributes groups = new Attributes();
        Items.put(groups, Tag.DerivationImageSequence, derivation(slice));

        Attributes content = new Attributes();
        int place = frame.slice() + 1;
        content.setInt(
                Tag.DimensionIndexValues, VR.UL, allSegments ? new int[] {place} : new int[] {frame.segment(), place});
        Items.put(groups, Tag.FrameContentSequence, content);

        Attributes plane = new Attributes();
        Position p = slice.position();
        plane.setString(Tag.ImagePositionPatient, VR.DS, DecimalString.of(p.x(), p.y(), p.z()));
        Items.put(groups, Tag.PlanePositionSequence, plane);

        if (!allSegments) {
            Attributes segment = new Attributes();
            segment.setInt(Tag.ReferencedSegmentNumber, VR.US, frame.segment());
            Items.put(groups, Tag.SegmentIdentificationSequence, segment);
        }
        return groups;
    }

    private static Attributes derivation(Slice slice) {
        Attributes image = Items.instance(slice);
        if (slice.multiFrame()) {
            image.setInt(Tag.ReferencedFrameNumber, VR.IS, slice.frame());
        }
        image.setString(Tag.SpatialLocationsPreserved, VR.CS, "YES");
        Items.put(
                image,
                Tag.PurposeOfReferenceCodeSequence,
                Items.code("121322", "DCM", "Source image for image processing operation"));
        Attributes derivation = new Attributes();
        Items.put(derivation, Tag.SourceImageSequence, image);
        Items.put(derivation, Tag.DerivationCodeSequence, Items.code("113076", "DCM", "Segmentation"));
        return derivation;
    }
}
