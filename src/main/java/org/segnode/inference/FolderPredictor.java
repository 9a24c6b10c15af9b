package org.segnode.inference;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.segnode.inference.Predictor.Computed;
import org.segnode.plan.PythonJson;
import org.segnode.plan.UnusableFileException;
import org.segnode.preprocess.CaseGeometry;
import org.segnode.preprocess.Probabilities;
import org.segnode.preprocess.SavedProbabilities;
import org.segnode.volume.Grid;
import org.segnode.volume.LabelMap;
import org.segnode.volume.Orientation;
import org.segnode.volume.Reorientation;
import org.segnode.volume.Volume;
import org.segnode.volume.io.ReaderWriter;
import org.segnode.volume.io.StoredImage;

/** Predicts files into files, as {@code nnUNetv2_predict} does: the same names, the same files beside them. */
public final class FolderPredictor {
    private final Predictor predictor;
    private final FolderOptions options;
    private final ReaderWriter files;
    private final String ending;

    /** Grids of the files and of their volumes, while a case is under way. */
    private final Map<String, Grids> grids = new ConcurrentHashMap<>();

    private record Grids(Grid stored, Grid read) {}

    /** @throws UnusableFileException if there is no such reader as the model's plans name */
    public FolderPredictor(Predictor predictor, FolderOptions options) throws UnusableFileException {
        this.predictor = predictor;
        this.options = options;
        this.ending = predictor.model().dataset().fileEnding();
        this.files = ResultFolder.readerWriter(predictor.model().plans());
    }

    /** Told what becomes of each case, by one thread at a time but not always the same. */
    public interface Listener extends Progress {
        /** The networks begin with a case; steps begin anew. */
        default void begins(String name) {}

        /** Whether {@link #explained} is wanted. */
        default boolean wantsExplanation() {
            return false;
        }

        /** Told before {@link #written}. */
        default void explained(String name, Explanation explanation) {}

        /** @param labels as they were written */
        void written(String name, LabelMap labels);

        void failed(String name, String reason);
    }

    /**
     * @param input folder with images named {@code <case>_0000<ending>}
     * @param output made if it is missing
     * @throws IOException if the input has no images, or the output cannot be written
     */
    public void predict(Path input, Path output, Listener listener) throws IOException {
        List<ImageCase> cases = ImageCase.list(input, ending);
        Files.createDirectories(output);
        PythonJson.write(output.resolve("predict_from_raw_data_args.json"), arguments(input, output), true);
        predict(cases, output, listener);
    }

    /**
     * Predicts given files; of several parts only this one's share. A case that cannot be used is told to the listener,
     * and the others go on.
     */
    public void predict(List<ImageCase> cases, Path output, Listener listener) throws IOException {
        Files.createDirectories(output);
        for (String name : List.of("dataset.json", "plans.json")) {
            ResultFolder.copyJson(predictor.model().folder().resolve(name), output.resolve(name));
        }
        ResultFolder results = new ResultFolder(output, ending);
        List<CasePipeline.Source> mine = new ArrayList<>();
        for (int i = options.part(); i < cases.size(); i += options.parts()) {
            if (!options.continuePrediction() || !results.has(cases.get(i).name(), options.saveProbabilities())) {
                mine.add(source(cases.get(i)));
            }
        }
        new CasePipeline(predictor).run(mine.iterator(), sink(results, listener), listener);
    }

    private CasePipeline.Source source(ImageCase each) {
        return new CasePipeline.Source() {
            @Override
            public String name() {
                return each.name();
            }

            @Override
            public Volume volume() throws IOException {
                StoredImage image = files.read(each.images());
                grids.put(each.name(), new Grids(image.stored(), image.volume().grid()));
                return image.volume();
            }

            @Override
            public Optional<LabelMap> previousStage() throws IOException {
                return options.previousStage().isEmpty()
                        ? Optional.empty()
                        : Optional.of(previousLabels(
                                each.name(), options.previousStage().get()));
            }
        };
    }

    /** With the axes that the reader gave the image. */
    private LabelMap previousLabels(String name, Path folder) throws IOException {
        Path file = folder.resolve(name + ending);
        if (!Files.isRegularFile(file)) {
            throw new NoSuchFileException(file.toString(), null, "labels of the cascade's first stage");
        }
        LabelMap labels = files.readLabels(file);
        Grids known = grids(name);
        if (known.stored().equals(known.read())) {
            return labels;
        }
        Orientation from = Orientation.of(labels.grid());
        return Reorientation.between(from, Orientation.of(known.read())).apply(labels);
    }

    private Grids grids(String name) {
        Grids known = grids.get(name);
        if (known == null) {
            throw new IllegalStateException("the image of " + name + " was never read");
        }
        return known;
    }

    private CasePipeline.Sink sink(ResultFolder results, Listener listener) {
        return new CasePipeline.Sink() {
            @Override
            public void begins(String name) {
                listener.begins(name);
            }

            @Override
            public void computed(String name, Computed computed) throws IOException {
                LabelMap labels = write(results, name, computed, listener);
                grids.remove(name);
                listener.written(name, labels);
            }

            @Override
            public void failed(String name, String reason) {
                grids.remove(name);
                listener.failed(name, reason);
            }
        };
    }

    /** With probabilities the decision is made on them, as nnU-Net does. */
    private LabelMap write(ResultFolder results, String name, Computed computed, Listener listener) throws IOException {
        CaseGeometry geometry = computed.prepared().geometry();
        Optional<Probabilities> probabilities =
                options.saveProbabilities() ? Optional.of(predictor.probabilities(computed)) : Optional.empty();
        LabelMap decided = probabilities.isPresent()
                ? predictor.labels(probabilities.get(), computed.prepared())
                : predictor.labels(computed);
        LabelMap labels = options.postprocessing().apply(decided);
        if (listener.wantsExplanation()) {
            listener.explained(
                    name, Explanation.of(computed, predictor.dataset().labels(), decided, labels));
        }
        results.complete(name, part -> {
            if (probabilities.isPresent()) {
                SavedProbabilities.write(
                        part, name, probabilities.get(), geometry, grids(name).stored());
            }
            files.write(labels, grids(name).stored(), part.resolve(name + ending));
        });
        return labels;
    }

    /** By the names of the arguments of nnU-Net's {@code predict_from_files}. */
    private ObjectNode arguments(Path input, Path output) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("list_of_lists_or_source_folder", input.toString());
        json.put("output_folder_or_list_of_truncated_output_files", output.toString());
        json.put("save_probabilities", options.saveProbabilities());
        json.put("overwrite", !options.continuePrediction());
        json.put("num_processes_preprocessing", 1);
        json.put("num_processes_segmentation_export", 1);
        json.put(
                "folder_with_segs_from_prev_stage",
                options.previousStage().map(Path::toString).orElse(null));
        json.put("num_parts", options.parts());
        json.put("part_id", options.part());
        return json;
    }
}
