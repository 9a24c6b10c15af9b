package org.segnode.cli.nnunet;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.segnode.evaluation.FolderEvaluation;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Compares predictions with references without dataset.json and plans. */
@Command(
        name = "evaluate-simple",
        description = {
            "Compares given labels of predictions and references and writes summary.json, as nnUNetv2_evaluate_simple does.",
            "The reader follows from the ending of the files."
        },
        footerHeading = "%nExamples:%n",
        footer = "  segnode evaluate-simple labelsTs predictions -l 1 2")
public final class EvaluateSimpleCommand implements Callable<Integer> {
    @Mixin
    private EvaluationArguments arguments;

    @Option(names = "-l", required = true, arity = "1..*", paramLabel = "LABEL", description = "labels to compare")
    private List<Integer> labels = List.of();

    @Option(names = "-il", paramLabel = "LABEL", description = "label of the references that is not counted")
    private Optional<Integer> ignore = Optional.empty();

    @Override
    public Integer call() throws IOException, InterruptedException {
        arguments.evaluate(FolderEvaluation.of(labels, ignore, arguments.references()));
        return 0;
    }
}
