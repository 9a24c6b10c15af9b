package org.segnode.dicom;

import java.util.Map;
import org.segnode.UnusableSeriesException;

/** Takes the voxels of segments while an object is read. */
interface Marks<T> {
    /**
     * Voxels that follow each other in the array.
     *
     * @param segment number of the segment they belong to
     * @param from index of the first
     * @param to index after the last; nothing is added where it is {@code from}
     */
    void add(int segment, int from, int to);

    /** @param what in words that is marked but has no voxel */
    void leaveOut(String what);

    /** @param described what the object says of its segments, by their numbers */
    T taken(Map<Integer, SegmentDescription> described) throws UnusableSeriesException;
}
