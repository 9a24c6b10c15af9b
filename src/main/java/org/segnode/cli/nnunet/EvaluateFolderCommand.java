package org.segnode.cli.nnunet;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.segnode.cli.terminal.CommandFailure;
import org.segnode.evaluation.FolderEvaluation;
import org.segnode.plan.Dataset;
import org.segnode.plan.Plans;
import org.segnode.volume.io.ReaderWriter;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Compares predictions with references. */
@Command(
        name = "evaluate-folder",
        description = "Compares predictions with references and writes summary.json, as nnUNetv2_evaluate_folder does.",
        footerHeading = "%nExamples:%n",
        footer = "  segnode evaluate-folder labelsTs predictions -djfile dataset.json -pfile plans.json")
public final class EvaluateFolderCommand implements Callable<Integer> {
    @Mixin
    private EvaluationArguments arguments;

    @Option(names = "-djfile", required = true, paramLabel = "FILE", description = "dataset.json")
    private Path datasetJson;

    @Option(names = "-pfile", required = true, paramLabel = "FILE", description = "plans.json: names the reader")
    private Path plansJson;

    @Override
    public Integer call() throws IOException, InterruptedException {
        String readerName = Plans.read(plansJson).imageReaderWriter();
        ReaderWriter reader = ReaderWriter.ofClassName(readerName)
                .orElseThrow(() -> new CommandFailure(plansJson + ": there is no reader " + readerName));
        arguments.evaluate(FolderEvaluation.of(Dataset.read(datasetJson), reader));
        return 0;
    }
}
