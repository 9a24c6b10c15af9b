package org.segnode.cli.nnunet;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.segnode.cli.terminal.CommandFailure;
import org.segnode.inference.FolderOptions;
import org.segnode.inference.FolderPredictor;
import org.segnode.inference.Postprocessing;
import org.segnode.inference.PredictionOptions;
import org.segnode.inference.Predictor;
import org.segnode.inference.TrainedModel;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Options of the commands that predict a folder of cases, named as nnU-Net names them, and what they do. */
final class FolderArguments {
    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Option(
            names = "-i",
            required = true,
            paramLabel = "FOLDER",
            description = "cases, in files named CASE_0000.nii.gz with four digits for the channel")
    private Path input;

    @Option(names = "-o", required = true, paramLabel = "FOLDER", description = "where predictions go")
    private Path output;

    @Mixin
    private PredictionArguments prediction;

    @Option(names = "--save_probabilities", description = "write CASE.npz and CASE.pkl too; ensembles are made of them")
    private boolean saveProbabilities;

    @Option(names = "--continue_prediction", description = "leave out cases that have a result")
    private boolean continuePrediction;

    @Option(
            names = "-prev_stage_predictions",
            paramLabel = "FOLDER",
            description = "label maps of the cascade's first stage; if not given, its model beside this one is run")
    private Optional<Path> previousStage = Optional.empty();

    @Option(names = "-num_parts", paramLabel = "N", defaultValue = "1", description = "do every N-th case only")
    private int parts;

    @Option(names = "-part_id", paramLabel = "K", defaultValue = "0", description = "beginning with case K, from 0")
    private int part;

    @Option(
            names = "--postprocessing",
            paramLabel = "FILE",
            description = "a postprocessing.json, done with each label map")
    private Optional<Path> postprocessing = Optional.empty();

    @SuppressWarnings("UnusedVariable") // nnU-Net's commands have it
    @Option(
            names = "-npp",
            paramLabel = "N",
            defaultValue = "3",
            description = "accepted; one thread prepares the next case while the networks run")
    private int preparing;

    @SuppressWarnings("UnusedVariable") // nnU-Net's commands have it
    @Option(names = "-nps", paramLabel = "N", defaultValue = "3", description = "accepted, without effect")
    private int exporting;

    @Option(names = "--disable_progress_bar", description = "no progress within a case")
    private boolean withoutProgress;

    @Option(names = "--explain", description = "say how much is left after each step, and where a mask became empty")
    private boolean explaining;

    @Option(names = "--verbose", description = "say for each case how large it is and what was found")
    private boolean verbose;

    /** @throws CommandFailure if a case could not be predicted; its reason was printed */
    void predict(Path model) throws IOException {
        if (parts < 1 || part < 0 || part >= parts) {
            throw new ParameterException(
                    spec.commandLine(),
                    "-part_id must be from 0 to -num_parts less one (" + (parts - 1) + "), is " + part);
        }
        FolderOptions folderOptions = new FolderOptions(
                saveProbabilities,
                continuePrediction,
                previousStage,
                parts,
                part,
                postprocessing.isEmpty() ? Postprocessing.NONE : Postprocessing.read(postprocessing.get()));
        PredictionOptions options = prediction.options();
        PredictionDisplay display =
                new PredictionDisplay(spec.commandLine().getErr(), !withoutProgress, verbose, explaining);
        try (Predictor predictor = new Predictor(TrainedModel.open(model, options), options);
                display) {
            new FolderPredictor(predictor, folderOptions).predict(input, output, display);
        }
        spec.commandLine().getOut().println(display.written() + " cases predicted into " + output);
        if (!display.failed().isEmpty()) {
            throw new CommandFailure(
                    display.failed().size() + " cases could not be predicted: " + String.join(", ", display.failed()));
        }
    }
}
