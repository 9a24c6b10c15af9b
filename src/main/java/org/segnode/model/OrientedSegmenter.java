package org.segnode.model;

import org.segnode.UnusableSeriesException;
import org.segnode.inference.Progress;
import org.segnode.inference.Segmenter;
import org.segnode.volume.GradedLabelMap;
import org.segnode.volume.LabelMap;
import org.segnode.volume.Orientation;
import org.segnode.volume.Reorientation;
import org.segnode.volume.Volume;

/**
 * Shows a model its volumes in the orientation it was trained in, and turns the labels back: axes are permuted and flipped,
 * nothing is resampled, and the result lies on the very grid of the volume.
 */
public final class OrientedSegmenter implements Segmenter {
    private final Segmenter segmenter;
    private final Orientation orientation;

    /**
     * @param segmenter knows array axes only; closed with this one
     * @param orientation of the arrays it was trained with
     */
    public OrientedSegmenter(Segmenter segmenter, Orientation orientation) {
        this.segmenter = segmenter;
        this.orientation = orientation;
    }

    @Override
    public LabelMap segment(Volume volume, Progress progress) throws UnusableSeriesException {
        Reorientation there = Reorientation.between(Orientation.of(volume.grid()), orientation);
        LabelMap found = segmenter.segment(there.apply(volume), progress);
        return new LabelMap(volume.grid(), there.inverse().apply(found).labels());
    }

    @Override
    public GradedLabelMap graded(Volume volume, Progress progress) throws UnusableSeriesException {
        Reorientation there = Reorientation.between(Orientation.of(volume.grid()), orientation);
        GradedLabelMap found = segmenter.graded(there.apply(volume), progress);
        return found.moved(
                map -> new LabelMap(volume.grid(), there.inverse().apply(map).labels()));
    }

    @Override
    public void close() {
        segmenter.close();
    }
}
