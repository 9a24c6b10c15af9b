package org.segnode.inference;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.segnode.UnusableSeriesException;
import org.segnode.inference.Predictor.Computed;
import org.segnode.preprocess.Probabilities;
import org.segnode.preprocess.Restoration;
import org.segnode.preprocess.SavedProbabilities;
import org.segnode.volume.LabelMap;
import org.segnode.volume.Volume;
import org.segnode.volume.io.ReaderWriter;
import org.segnode.volume.io.StoredImage;

/** Predicts files into files, as {@code nnUNetv2_predict} does: the same names, the same files beside them. */
public final class FolderPredictor {
    private final Predictor predictor;
    private final FolderOptions options;
    private final ReaderWriter files;
    private final String ending;
    private final Map<String, StoredImage> images = new ConcurrentHashMap<>();

    public FolderPredictor(Predictor predictor, FolderOptions options) {
        this.predictor = predictor;
        this.options = options;
        this.ending = predictor.model().dataset().fileEnding();
        this.files = ReaderWriter.ofClassName(predictor.model().plans().imageReaderWriter())
                .orElse(ReaderWriter.SIMPLE_ITK);
    }

    /** Told what became of each case. */
    public interface Listener extends Progress {
        void written(String name);

        void failed(String name, String reason);
    }

    /**
     * @param input folder with images named {@code <case>_0000<ending>}
     * @param output made if it is missing
     * @throws IOException if the input has no images, or the output cannot be written
     */
    public void predict(Path input, Path output, Listener listener) throws IOException {
        predict(ImageCase.list(input, ending), output, listener);
        writeArguments(input, output);
    }

    /** Predicts given files; of several parts only this one's share. */
    public void predict(List<ImageCase> cases, Path output, Listener listener) throws IOException {
        Files.createDirectories(output);
        List<CasePipeline.Source> mine = new ArrayList<>();
        for (int i = options.part(); i < cases.size(); i += options.parts()) {
            if (!options.continuePrediction() || !isThere(output, cases.get(i).name())) {
                mine.add(source(cases.get(i)));
            }
        }
        new CasePipeline(predictor).run(mine.iterator(), sink(output, listener), listener);
        for (String name : List.of("dataset.json", "plans.json")) {
            Path original = predictor.model().folder().resolve(name);
            Files.copy(original, output.resolve(name), StandardCopyOption.REPLACE_EXISTING);
        }
    }

    private boolean isThere(Path output, String name) {
        boolean probabilities = !options.saveProbabilities()
                || (Files.exists(output.resolve(name + ".npz")) && Files.exists(output.resolve(name + ".pkl")));
        return probabilities && Files.exists(output.resolve(name + ending));
    }

    private CasePipeline.Source source(ImageCase files) {
        return new CasePipeline.Source() {
            @Override
            public String name() {
                return files.name();
            }

            @Override
            public Volume volume() throws IOException, UnusableSeriesException {
                StoredImage image = FolderPredictor.this.files.read(files.images());
                images.put(files.name(), image);
                return image.volume();
            }

            @Override
            public Optional<LabelMap> previousStage() throws IOException {
                return options.previousStage().isEmpty()
                        ? Optional.empty()
                        : Optional.of(FolderPredictor.this.files.readLabels(
                                options.previousStage().get().resolve(files.name() + ending)));
            }
        };
    }

    private CasePipeline.Sink sink(Path output, Listener listener) {
        return new CasePipeline.Sink() {
            @Override
            public void computed(String name, Computed computed) throws IOException {
                LabelMap labels = options.postprocessing().apply(labels(output, name, computed));
                StoredImage image = images.remove(name);
                if (image == null) {
                    throw new IllegalStateException("the image of " + name + " was never read");
                }
                files.write(labels, image, output.resolve(name + ending));
                listener.written(name);
            }

            @Override
            public void failed(String name, String reason) {
                images.remove(name);
                listener.failed(name, reason);
            }
        };
    }

    /** With probabilities the decision is made on them, as nnU-Net does. */
    private LabelMap labels(Path output, String name, Computed computed) throws IOException {
        if (!options.saveProbabilities()) {
            return predictor.labels(computed);
        }
        Probabilities probabilities = predictor.probabilities(computed);
        SavedProbabilities.write(
                output, name, probabilities, computed.prepared().geometry());
        return Restoration.labels(
                predictor.dataset().labels(),
                probabilities,
                computed.prepared().geometry().grid());
    }

    private void writeArguments(Path input, Path output) throws IOException {
        Map<String, Object> arguments = new LinkedHashMap<>();
        arguments.put("list_of_lists_or_source_folder", input.toString());
        arguments.put("output_folder_or_list_of_truncated_output_files", output.toString());
        arguments.put("save_probabilities", options.saveProbabilities());
        arguments.put("overwrite", !options.continuePrediction());
        options.previousStage()
                .ifPresent(folder -> arguments.put("folder_with_segs_from_prev_stage", folder.toString()));
        arguments.put("num_parts", options.parts());
        arguments.put("part_id", options.part());
        new ObjectMapper()
                .enable(SerializationFeature.INDENT_OUTPUT)
                .writeValue(output.resolve("predict_from_raw_data_args.json").toFile(), arguments);
    }
}
