package org.segnode.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.segnode.UnusableSeriesException;
import org.segnode.inference.PredictionOptions;
import org.segnode.inference.Predictor;
import org.segnode.inference.TrainedModel;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Options that {@code predict} and {@code predict-from-modelfolder} share, and what they do. */
final class FolderArguments {
    @Option(
            names = "-i",
            required = true,
            paramLabel = "FOLDER",
            description = "cases, named CASE_0000.nii.gz and so on")
    private Path input;

    @Option(names = "-o", required = true, paramLabel = "FOLDER", description = "for the predictions")
    private Path output;

    @Option(names = "--continue_prediction", description = "leave out cases whose prediction is there already")
    private boolean resume;

    @Option(
            names = "-num_parts",
            defaultValue = "1",
            paramLabel = "N",
            description = "of this many processes; ${DEFAULT-VALUE}")
    private int parts;

    @Option(
            names = "-part_id",
            defaultValue = "0",
            paramLabel = "N",
            description = "this is number N, from 0; ${DEFAULT-VALUE}")
    private int part;

    @Option(
            names = "-prev_stage_predictions",
            paramLabel = "FOLDER",
            description = "predictions of a cascade's first stage")
    private Optional<Path> previousStage = Optional.empty();

    @Mixin
    private PredictionArguments prediction;

    /** @param model folder of a trained model */
    void predict(Path model, PrintWriter out, PrintWriter err)
            throws IOException, UnusableSeriesException, InterruptedException {
        if (parts < 1 || part < 0 || part >= parts) {
            throw new CommandFailure(
                    "-part_id must be from 0 to one less than -num_parts, is " + part + " of " + parts);
        }
        PredictionOptions options = prediction.options();
        SegmentInput all = SegmentInput.of(List.of(input));
        if (all.isDicom()) {
            throw new CommandFailure("no image file in " + input + "; for DICOM there is: segnode segment");
        }
        try (Predictor predictor = new Predictor(TrainedModel.open(model, options), options)) {
            FolderPrediction folder = new FolderPrediction(predictor, output, previousStage);
            List<SegmentInput.Case> cases = mine(all.cases()).stream()
                    .filter(each -> !resume || !Files.exists(folder.file(each)))
                    .toList();
            if (cases.isEmpty()) {
                out.println("nothing to predict");
                return;
            }
            try (ProgressDisplay progress = new ProgressDisplay("predicting", err)) {
                folder.predict(cases, progress);
            }
            out.println(cases.size() + " cases predicted into " + output);
        }
    }

    private List<SegmentInput.Case> mine(List<SegmentInput.Case> cases) {
        return IntStream.range(0, cases.size())
                .filter(i -> i % parts == part)
                .mapToObj(cases::get)
                .toList();
    }
}
