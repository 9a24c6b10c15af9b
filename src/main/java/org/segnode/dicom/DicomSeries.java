package org.segnode.dicom;

import org.segnode.volume.LabelMap;
import org.segnode.volume.Volume;

/**
 * A series that is a volume.
 *
 * @param volume modality values (rescale applied) on the grid of the slices, sorted by position along the slice normal
 * @param source what a result needs to know of the series it was made from, in the same slice order
 */
public record DicomSeries(Volume volume, SourceSeries source) {
    /** What was found in the volume, on the slices of the series. */
    public SourceLabels onSource(LabelMap found) {
        return SourceLabels.of(found, source);
    }

    /** Modality values of the slices' pixels: slice, row, column in the order of {@link SourceLabels}. */
    public float[] sourceValues() {
        return volume.channels().get(0);
    }
}
