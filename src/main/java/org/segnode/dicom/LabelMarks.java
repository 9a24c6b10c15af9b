package org.segnode.dicom;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.segnode.UnusableSeriesException;
import org.segnode.volume.Shape;

/** Puts all segments into one array, where each voxel has room for one. */
final class LabelMarks implements Marks<short[]> {
    private final short[] labels;
    private final List<String> leftOut = new ArrayList<>();
    private String refusal = "";

    LabelMarks(Shape shape) {
        this.labels = new short[shape.voxels()];
    }

    @Override
    public void add(int segment, int from, int to) {
        if ((segment < 1 || segment > Short.MAX_VALUE) && from < to) {
            refuse("a segment has the number " + segment + ", not one from 1 to 32767");
            return;
        }
        for (int i = from; i < to; i++) {
            if (labels[i] != 0 && labels[i] != segment) {
                int other = labels[i];
                refuse("segments " + Math.min(segment, other) + " and " + Math.max(segment, other) + " overlap");
                return;
            }
            labels[i] = (short) segment;
        }
    }

    @Override
    public void leaveOut(String what) {
        leftOut.add(what);
    }

    private void refuse(String reason) {
        refusal = refusal.isEmpty() ? reason : refusal;
    }

    /**
     * @return the number of the segment of each voxel, 0 where there is none
     * @throws UnusableSeriesException if something was left out, segments overlap, or a number is not from 1 to 32767
     */
    @Override
    public short[] taken(Map<Integer, SegmentDescription> described) throws UnusableSeriesException {
        if (!leftOut.isEmpty() || !refusal.isEmpty()) {
            throw new UnusableSeriesException(leftOut.isEmpty() ? refusal : Words.some(leftOut));
        }
        return labels;
    }
}
