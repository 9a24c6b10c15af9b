package org.segnode.dicom;

import java.util.List;
import org.segnode.plan.LabelMeaning;
import org.segnode.volume.GradedLabelMap;
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

    /**
     * What was found on this series; the levels take the same way as the labels, so that they agree.
     *
     * @param found on the volume's grid
     * @param meanings one per label
     */
    public SegmentedSeries result(GradedLabelMap found, List<LabelMeaning> meanings, SegmentationOrigin origin) {
        return new SegmentedSeries(
                onSource(found.labels()), sourceValues, meanings, origin, found.levels(source::onSlices));
    }
}
