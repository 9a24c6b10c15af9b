package org.segnode.dicom;

import org.segnode.volume.LabelMap;
import org.segnode.volume.Volume;

/**
 * A series that is a volume.
 *
 * @param volume modality values (rescale applied) on the grid of the slices, sorted by position along the slice normal; where
 *     they are no straight, even stack, on a regular grid over them
 * @param sourceValues modality values of the slices themselves, in the order of {@link SourceLabels}; those of an even stack are the
 *     volume's
 * @param source what a result needs to know of the series it was made from, in the same slice order
 * @param verdict accepted or repaired
 */
@SuppressWarnings("ArrayRecordComponent") // handed over, never compared
public record DicomSeries(Volume volume, float[] sourceValues, SourceSeries source, GeometryVerdict verdict) {
    /**
     * The way back from the network to the original slices: each pixel gets the label of the voxel that lies nearest.
     *
     * @param found on the volume's grid
     * @throws IllegalArgumentException if it lies on another grid
     */
    public SourceLabels onSource(LabelMap found) {
        return SourceLabels.of(found, source);
    }
}
