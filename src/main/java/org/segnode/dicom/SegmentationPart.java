package org.segnode.dicom;

import java.util.ArrayList;
import java.util.List;
import org.segnode.plan.LabelMeaning;

/**
 * One object of a segmentation. What would need more bytes than receivers like to hold becomes several objects of one series,
 * each with whole segments where a frame has a segment.
 *
 * @param number from 1
 * @param of how many there are
 * @param firstSegment index of its first segment among all
 * @param meanings of its segments
 * @param frames with segments counted from 1 in this object
 */
record SegmentationPart(int number, int of, int firstSegment, List<LabelMeaning> meanings, SegmentationFrames frames) {
    /** Receivers hold an object in one piece of memory, often of at most 2 GB. */
    static final long MOST_BYTES = 1_500_000_000;

    SegmentationPart {
        meanings = List.copyOf(meanings);
    }

    /**
     * Cut between segments.
     *
     * @param bitsPerFrame of pixel data
     * @param mostBytes of pixel data in an object; a single segment may have more
     */
    static List<SegmentationPart> bySegment(
            List<LabelMeaning> meanings, SegmentationFrames frames, long bitsPerFrame, long mostBytes) {
        long[] needed = new long[meanings.size()];
        frames.frames().forEach(frame -> needed[frame.segment() - 1] += bitsPerFrame);
        List<Integer> starts = new ArrayList<>();
        long bits = 0;
        for (int i = 0; i < needed.length; i++) {
            if (i == 0 || bits + needed[i] > 8 * mostBytes) {
                starts.add(i);
                bits = 0;
            }
            bits += needed[i];
        }
        List<SegmentationPart> parts = new ArrayList<>();
        for (int p = 0; p < starts.size(); p++) {
            int from = starts.get(p);
            int to = p + 1 < starts.size() ? starts.get(p + 1) : meanings.size();
            parts.add(new SegmentationPart(
                    p + 1, starts.size(), from, meanings.subList(from, to), frames.ofSegments(from, to)));
        }
        return parts;
    }

    /** Cut between slices: every object has all segments. */
    static List<SegmentationPart> bySlice(
            List<LabelMeaning> meanings, SegmentationFrames frames, long bitsPerFrame, long mostBytes) {
        int each = (int) Math.max(1, Math.min(frames.frames().size(), 8 * mostBytes / bitsPerFrame));
        int parts = (frames.frames().size() + each - 1) / each;
        List<SegmentationPart> all = new ArrayList<>();
        for (int p = 0; p < parts; p++) {
            int to = Math.min(frames.frames().size(), (p + 1) * each);
            SegmentationFrames some = new SegmentationFrames(frames.frames().subList(p * each, to), frames.voxels());
            all.add(new SegmentationPart(p + 1, parts, 0, meanings, some));
        }
        return all;
    }
}
