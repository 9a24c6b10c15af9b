package org.segnode.inference;

import org.segnode.UnusableSeriesException;
import org.segnode.plan.Dataset;
import org.segnode.preprocess.Probabilities;
import org.segnode.volume.GradedLabelMap;
import org.segnode.volume.LabelMap;
import org.segnode.volume.Volume;

/** Does with every result what {@code postprocessing.json} asks for; probabilities stay as they are. */
final class PostprocessedSegmenter implements ProbabilitySegmenter {
    private final ProbabilitySegmenter segmenter;
    private final Postprocessing postprocessing;

    PostprocessedSegmenter(ProbabilitySegmenter segmenter, Postprocessing postprocessing) {
        this.segmenter = segmenter;
        this.postprocessing = postprocessing;
    }

    @Override
    public LabelMap segment(Volume volume, Progress progress) throws UnusableSeriesException {
        return postprocessing.apply(segmenter.segment(volume, progress));
    }

    /** What is removed is not probable either. */
    @Override
    public GradedLabelMap graded(Volume volume, Progress progress) throws UnusableSeriesException {
        GradedLabelMap found = segmenter.graded(volume, progress);
        return found.restrictedTo(postprocessing.apply(found.labels()));
    }

    @Override
    public Probabilities probabilities(Volume volume, Progress progress) throws UnusableSeriesException {
        return segmenter.probabilities(volume, progress);
    }

    @Override
    public Dataset dataset() {
        return segmenter.dataset();
    }

    @Override
    public void close() {
        segmenter.close();
    }
}
