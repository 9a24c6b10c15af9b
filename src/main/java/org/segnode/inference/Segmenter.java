package org.segnode.inference;

import org.segnode.UnusableSeriesException;
import org.segnode.volume.GradedLabelMap;
import org.segnode.volume.LabelMap;
import org.segnode.volume.Volume;

/** Turns a volume into a label map on the same grid. Holds native memory until closed; not for several threads at once. */
public interface Segmenter extends AutoCloseable {
    /**
     * @param volume as many channels as the model was trained with
     * @return labels on the grid of the volume
     * @throws UnusableSeriesException if the model cannot use this volume (channel count, not a number, too small)
     */
    LabelMap segment(Volume volume, Progress progress) throws UnusableSeriesException;

    /**
     * The same labels, and how probable each is: takes a byte more per label and voxel.
     *
     * @throws UnusableSeriesException as above
     */
    GradedLabelMap graded(Volume volume, Progress progress) throws UnusableSeriesException;

    @Override
    void close();
}
