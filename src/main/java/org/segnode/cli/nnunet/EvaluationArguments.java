package org.segnode.cli.nnunet;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import org.segnode.evaluation.FolderEvaluation;
import org.segnode.evaluation.Metrics;
import org.segnode.evaluation.Summary;
import org.segnode.plan.CaseTasks;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** What is compared and where the summary goes, and the comparison. */
final class EvaluationArguments {
    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Parameters(index = "0", paramLabel = "REFERENCES", description = "folder of the references")
    private Path references;

    @Parameters(index = "1", paramLabel = "PREDICTIONS", description = "folder of the predictions")
    private Path predictions;

    @Option(names = "-o", paramLabel = "FILE", description = "summary.json in the folder of predictions if not given")
    private Optional<Path> output = Optional.empty();

    @Option(
            names = "-np",
            defaultValue = "${env:nnUNet_def_n_proc:-8}",
            paramLabel = "N",
            description = "cases at a time; ${DEFAULT-VALUE}")
    private int threads;

    @Option(names = "--chill", description = "compare what there is, even if predictions are missing")
    private boolean chill;

    Path references() {
        return references;
    }

    /** Writes the summary and prints its means. */
    void evaluate(FolderEvaluation evaluation) throws IOException, InterruptedException {
        Summary summary = evaluation.evaluate(references, predictions, chill, CaseTasks.of(threads));
        summary.write(output.orElse(predictions.resolve("summary.json")));
        for (int i = 0; i < summary.regions().size(); i++) {
            print(summary.regions().get(i).name(), summary.means().get(i));
        }
        print("foreground", summary.foregroundMean());
    }

    private void print(String name, Metrics mean) {
        PrintWriter out = spec.commandLine().getOut();
        out.printf(Locale.ROOT, "%-24s Dice %.4f%n", name, mean.dice());
    }
}
