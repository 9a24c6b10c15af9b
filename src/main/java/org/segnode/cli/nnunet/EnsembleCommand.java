package org.segnode.cli.nnunet;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.segnode.inference.FolderEnsemble;
import org.segnode.preprocess.Probabilities;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Several folders of probabilities in, label maps of their mean out. */
@Command(
        name = "ensemble",
        description = {
            "Averages the probabilities of several predictions and decides once, as nnUNetv2_ensemble does.",
            "The folders hold the same cases, predicted with --save_probabilities. For each member its smallest, mean and"
                    + " largest probability is printed; values outside 0 to 1 are refused, as those of logits would be."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  segnode ensemble -i predictions-2d predictions-3d -o predictions",
            "  segnode ensemble -i a b c -o predictions --save_npz"
        })
public final class EnsembleCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Option(
            names = "-i",
            required = true,
            arity = "1..*",
            paramLabel = "FOLDER",
            description = "predictions with probabilities, at least two")
    private List<Path> inputs = new ArrayList<>();

    @Option(names = "-o", required = true, paramLabel = "FOLDER", description = "where label maps go")
    private Path output;

    @Option(names = "--save_npz", description = "write the mean probabilities too")
    private boolean saveProbabilities;

    @Option(
            names = "-np",
            paramLabel = "N",
            defaultValue = "${env:nnUNet_def_n_proc:-8}",
            description = "accepted; cases are averaged one after the other")
    private int processes;

    @Override
    public Integer call() throws IOException {
        if (inputs.size() < 2) {
            throw new ParameterException(spec.commandLine(), "-i must name at least two folders");
        }
        if (processes < 1 || processes > 256) {
            throw new ParameterException(spec.commandLine(), "-np must be from 1 to 256, is " + processes);
        }
        FolderEnsemble.run(inputs, output, saveProbabilities, this::print);
        spec.commandLine().getOut().println("written to " + output);
        return 0;
    }

    private void print(String name, Path folder, Probabilities.Range range) {
        PrintWriter out = spec.commandLine().getOut();
        out.printf(
                Locale.ROOT,
                "%s %s: probabilities from %.6f to %.6f, mean %.6f%n",
                name,
                folder,
                range.smallest(),
                range.largest(),
                range.mean());
    }
}
