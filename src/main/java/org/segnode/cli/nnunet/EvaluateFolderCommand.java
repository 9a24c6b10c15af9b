package org.segnode.cli.nnunet;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.segnode.cli.terminal.CommandFailure;
import org.segnode.evaluation.FolderEvaluation;
import org.segnode.evaluation.Metrics;
import org.segnode.evaluation.Summary;
import org.segnode.plan.Dataset;
import org.segnode.plan.Plans;
import org.segnode.volume.io.ReaderWriter;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Compares predictions with references. */
@Command(
        name = "evaluate-folder",
        description = "Compares predictions with references and writes summary.json, as nnUNetv2_evaluate_folder does.",
        footerHeading = "%nExamples:%n",
        footer = "  segnode evaluate-folder labelsTs predictions -djfile dataset.json -pfile plans.json")
public final class EvaluateFolderCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Parameters(index = "0", paramLabel = "REFERENCES", description = "folder of the references")
    private Path references;

    @Parameters(index = "1", paramLabel = "PREDICTIONS", description = "folder of the predictions")
    private Path predictions;

    @Option(names = "-djfile", required = true, paramLabel = "FILE", description = "dataset.json")
    private Path datasetJson;

    @Option(names = "-pfile", required = true, paramLabel = "FILE", description = "plans.json: names the reader")
    private Path plansJson;

    @Option(names = "-o", paramLabel = "FILE", description = "summary.json in the folder of predictions if not given")
    private Optional<Path> output = Optional.empty();

    @Option(names = "-np", defaultValue = "8", paramLabel = "N", description = "cases at a time; ${DEFAULT-VALUE}")
    private int threads;

    @Option(names = "--chill", description = "compare what there is, even if predictions are missing")
    private boolean chill;

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (threads < 1 || threads > 256) {
            throw new CommandFailure("-np must be from 1 to 256, is " + threads);
        }
        String readerName = Plans.read(plansJson).imageReaderWriter();
        ReaderWriter reader = ReaderWriter.ofClassName(readerName)
                .orElseThrow(() -> new CommandFailure(plansJson + ": there is no reader " + readerName));
        Summary summary = FolderEvaluation.of(Dataset.read(datasetJson), reader)
                .evaluate(references, predictions, chill, threads);
        summary.write(output.orElse(predictions.resolve("summary.json")));
        print(summary);
        return 0;
    }

    private void print(Summary summary) {
        for (int i = 0; i < summary.regions().size(); i++) {
            Metrics mean = summary.means().get(i);
            spec.commandLine()
                    .getOut()
                    .printf(
                            Locale.ROOT,
                            "%-24s Dice %.4f%n",
                            summary.regions().get(i).name(),
                            mean.dice());
        }
        spec.commandLine()
                .getOut()
                .printf(
                        Locale.ROOT,
                        "%-24s Dice %.4f%n",
                        "foreground",
                        summary.foregroundMean().dice());
    }
}
