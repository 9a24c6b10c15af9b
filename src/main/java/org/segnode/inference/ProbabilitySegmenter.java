package org.segnode.inference;

import org.segnode.UnusableSeriesException;
import org.segnode.plan.Dataset;
import org.segnode.preprocess.Probabilities;
import org.segnode.volume.Volume;

/** A segmenter that can also say how sure it is. */
public interface ProbabilitySegmenter extends Segmenter {
    /**
     * @return one array per label or region, on the grid of the volume
     * @throws UnusableSeriesException if the model cannot use this volume
     */
    Probabilities probabilities(Volume volume, Progress progress) throws UnusableSeriesException;

    /** Channels and labels of the model. */
    Dataset dataset();
}
