package org.segnode.inference;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Opens what a model folder holds: one trained model, or the ensemble that {@code inference_information.json} names. */
public final class Segmenters {
    private Segmenters() {}

    /**
     * @param folder of a trained model (dataset.json, plans.json, fold_0 …, perhaps postprocessing.json), or a folder of
     *     nnU-Net's results with {@code inference_information.json} and the models it names
     * @throws IOException if a file is missing or cannot be used; the message says which
     * @throws org.segnode.TemporaryException if PyTorch or the device is not there
     */
    public static ProbabilitySegmenter open(Path folder, PredictionOptions options) throws IOException {
        Path information = folder.resolve(InferenceInformation.FILE);
        if (Files.isRegularFile(information)) {
            return ensemble(folder, InferenceInformation.read(information), options);
        }
        if (!Files.isRegularFile(folder.resolve("plans.json"))) {
            throw new NoSuchFileException(
                    folder.toString(), null, "neither a trained model (plans.json) nor " + InferenceInformation.FILE);
        }
        return postprocessed(predictor(folder, options), existing(folder.resolve("postprocessing.json")));
    }

    private static ProbabilitySegmenter ensemble(
            Path folder, InferenceInformation information, PredictionOptions options) throws IOException {
        PredictionOptions withFolds = options.folds().isEmpty()
                ? options.withFolds(information.folds().toArray(String[]::new))
                : options;
        List<Predictor> members = new ArrayList<>();
        try {
            for (String name : information.models()) {
                members.add(predictor(folder.resolve(name), withFolds));
            }
            ProbabilitySegmenter all = members.size() == 1 ? members.get(0) : new EnsemblePredictor(members);
            return postprocessed(all, information.postprocessing(folder));
        } catch (IOException | RuntimeException e) {
            members.forEach(Predictor::close);
            throw e;
        }
    }

    private static Predictor predictor(Path folder, PredictionOptions options) throws IOException {
        return new Predictor(TrainedModel.open(folder, options), options);
    }

    private static ProbabilitySegmenter postprocessed(ProbabilitySegmenter segmenter, Optional<Path> file)
            throws IOException {
        return file.isEmpty() ? segmenter : new PostprocessedSegmenter(segmenter, Postprocessing.read(file.get()));
    }

    private static Optional<Path> existing(Path file) {
        return Files.isRegularFile(file) ? Optional.of(file) : Optional.empty();
    }
}
