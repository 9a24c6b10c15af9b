package org.segnode.inference;

import java.util.ArrayList;
import java.util.List;
import org.segnode.UnusableSeriesException;
import org.segnode.plan.Dataset;
import org.segnode.preprocess.Probabilities;
import org.segnode.preprocess.Restoration;
import org.segnode.volume.GradedLabelMap;
import org.segnode.volume.LabelMap;
import org.segnode.volume.Volume;

/** Segments with the mean of several models' probabilities. */
public final class EnsemblePredictor implements ProbabilitySegmenter {
    private final List<ProbabilitySegmenter> members;

    /**
     * @param members closed together with this
     * @throws IllegalArgumentException if there are none, or their labels differ
     */
    public EnsemblePredictor(List<? extends ProbabilitySegmenter> members) {
        this.members = List.copyOf(members);
        if (members.isEmpty()) {
            throw new IllegalArgumentException("an ensemble has at least one member");
        }
        for (ProbabilitySegmenter member : this.members) {
            if (!member.dataset().labels().equals(dataset().labels())) {
                throw new IllegalArgumentException("the members of an ensemble must have the same labels: "
                        + dataset().labels() + " and " + member.dataset().labels());
            }
        }
    }

    @Override
    public Dataset dataset() {
        return members.get(0).dataset();
    }

    @Override
    public LabelMap segment(Volume volume, Progress progress) throws UnusableSeriesException {
        return Restoration.labels(dataset().labels(), probabilities(volume, progress), volume.grid());
    }

    @Override
    public GradedLabelMap graded(Volume volume, Progress progress) throws UnusableSeriesException {
        return Restoration.graded(dataset().labels(), probabilities(volume, progress), volume.grid());
    }

    @Override
    public Probabilities probabilities(Volume volume, Progress progress) throws UnusableSeriesException {
        ProbabilityMean mean = new ProbabilityMean();
        for (int i = 0; i < members.size(); i++) {
            mean.add("member " + i, members.get(i).probabilities(volume, progress.part(i, members.size())));
        }
        return mean.mean();
    }

    @Override
    public void close() {
        new ArrayList<>(members).forEach(Segmenter::close);
    }
}
