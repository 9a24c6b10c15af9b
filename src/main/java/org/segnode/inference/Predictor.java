package org.segnode.inference;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.segnode.UnusableSeriesException;
import org.segnode.plan.Dataset;
import org.segnode.preprocess.Logits;
import org.segnode.preprocess.PreparedCase;
import org.segnode.preprocess.Preprocessor;
import org.segnode.preprocess.Probabilities;
import org.segnode.preprocess.Restoration;
import org.segnode.volume.GradedLabelMap;
import org.segnode.volume.LabelMap;
import org.segnode.volume.Volume;

/**
 * Segments with one trained model: prepares the volume, runs the folds' networks, restores the result. Array axes are taken
 * as they are, without looking at the patient's orientation. The second stage of a cascade runs the first one itself where
 * that model lies beside it.
 */
public final class Predictor implements ProbabilitySegmenter {
    private final TrainedModel model;
    private final PredictionOptions options;
    private final Preprocessor preprocessor;
    private final Restoration restoration;
    private final FoldNetworks networks;
    private @Nullable Predictor previousStage;

    /**
     * @throws IOException if a checkpoint cannot be used
     * @throws org.segnode.TemporaryException if PyTorch or the device is not there
     */
    public Predictor(TrainedModel model, PredictionOptions options) throws IOException {
        this.model = model;
        this.options = options;
        this.preprocessor = new Preprocessor(
                model.plans(), model.configuration(), model.dataset().labels());
        this.restoration = new Restoration(
                model.plans(), model.configuration(), model.dataset().labels());
        VariantChoice choice = VariantChoice.of(model, options, VariantMemory.usual(), ProcessorFacts.read());
        this.networks = new FoldNetworks(model, options, new NetworkShelf(model, options, choice), FreeMemory.REAL);
    }

    public TrainedModel model() {
        return model;
    }

    @Override
    public Dataset dataset() {
        return model.dataset();
    }

    @Override
    public LabelMap segment(Volume volume, Progress progress) throws UnusableSeriesException {
        return labels(compute(prepare(volume, Optional.empty()), progress));
    }

    @Override
    public GradedLabelMap graded(Volume volume, Progress progress) throws UnusableSeriesException {
        int labels = dataset().labels().foreground().size();
        GradedLabelMap.requireMemory(
                labels, volume.shape(), Runtime.getRuntime().maxMemory());
        Computed computed = compute(prepare(volume, Optional.empty()), progress);
        return restoration.graded(computed.logits(), computed.prepared().geometry());
    }

    @Override
    public Probabilities probabilities(Volume volume, Progress progress) throws UnusableSeriesException {
        return probabilities(compute(prepare(volume, Optional.empty()), progress));
    }

    /**
     * The first of three steps, so that the next case can be prepared while this one is computed.
     *
     * @param previousStage labels of the cascade's first stage on the grid of the volume; without them that stage is run
     * @throws UnusableSeriesException if the model cannot use the volume
     */
    public PreparedCase prepare(Volume volume, Optional<LabelMap> previousStage) throws UnusableSeriesException {
        if (!needsPreviousStage()) {
            return preprocessor.prepare(volume);
        }
        LabelMap labels = previousStage.isPresent()
                ? previousStage.get()
                : previousPredictor().segment(volume, Progress.NONE);
        return preprocessor.prepare(volume, labels);
    }

    /** The second step: the only one that uses the device. */
    public Computed compute(PreparedCase prepared, Progress progress) {
        return new Computed(networks.logits(prepared.channels(), prepared.shape(), progress), prepared);
    }

    /** The third step. */
    public LabelMap labels(Computed computed) {
        return restoration.labels(computed.logits(), computed.prepared().geometry());
    }

    /** The third step where probabilities are wanted. */
    public Probabilities probabilities(Computed computed) {
        return restoration.probabilities(computed.logits(), computed.prepared().geometry());
    }

    /** Labels decided from the probabilities of a case instead of its logits, as nnU-Net does where it saves them. */
    public LabelMap labels(Probabilities probabilities, PreparedCase prepared) {
        return restoration.labels(probabilities, prepared.geometry().grid());
    }

    /**
     * What the networks said of a case.
     *
     * @param logits on the grid of the prepared case
     */
    public record Computed(Logits logits, PreparedCase prepared) {}

    /** Whether this is the second stage of a cascade. */
    public boolean needsPreviousStage() {
        return model.configuration().previousStage().isPresent();
    }

    private synchronized Predictor previousPredictor() throws UnusableSeriesException {
        if (previousStage == null) {
            try {
                previousStage = new Predictor(TrainedModel.open(previousFolder(), options), options);
            } catch (IOException e) {
                throw new UnusableSeriesException(
                        "the first stage of the cascade could not be opened: " + e.getMessage(), e);
            }
        }
        return previousStage;
    }

    /** Beside this model: the same trainer and plans with the other configuration. */
    private Path previousFolder() throws UnusableSeriesException {
        Path folder = model.folder().toAbsolutePath().normalize();
        String own = model.configuration().name();
        String previous = model.configuration().previousStage().orElseThrow();
        String name = folder.getFileName().toString();
        Path candidate = folder.resolveSibling(
                name.endsWith(own) ? name.substring(0, name.length() - own.length()) + previous : previous);
        if (!Files.isDirectory(candidate)) {
            throw new UnusableSeriesException("the model is the second stage of a cascade and needs the labels of "
                    + previous + ", or that model in the folder " + candidate.getFileName() + " beside it");
        }
        return candidate;
    }

    @Override
    public synchronized void close() {
        networks.close();
        if (previousStage != null) {
            previousStage.close();
        }
    }
}
