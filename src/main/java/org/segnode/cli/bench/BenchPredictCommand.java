package org.segnode.cli.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.segnode.cli.node.Home;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The whole of predict, beside nnU-Net's program. */
@Command(
        name = "predict",
        description = {
            "Seconds and memory of 'segnode predict-from-modelfolder' for a folder of cases, start-up included. Memory is the largest sum"
                    + " over all its processes, where a page that several share counts once (PSS), and the largest process (RSS).",
            "The peer is nnUNetv2_predict_from_modelfolder with its default workers, beside the Python that is given."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  segnode bench predict -i imagesTs",
            "  segnode bench predict -i imagesTs -m hippocampus-3d -f 0 --rounds 3 --peer-python nnunet-venv/bin/python"
        })
final class BenchPredictCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private BenchOptions options;

    @Option(names = "-i", required = true, paramLabel = "FOLDER", description = "cases, named as nnU-Net names them")
    private Path input;

    @Option(
            names = "-m",
            paramLabel = "MODEL",
            description = "folder of the model; the hippocampus-3d that comes with segnode")
    private Optional<Path> model = Optional.empty();

    @Option(
            names = "-f",
            defaultValue = "0",
            paramLabel = "FOLD",
            description = "one fold; ${DEFAULT-VALUE} if not given")
    private String fold;

    @Override
    public Integer call() throws IOException, InterruptedException {
        BenchReport report = options.report("predict");
        Path folder = Files.createTempDirectory("segnode-predict");
        try {
            BenchRounds rounds = new BenchRounds();
            ProgramRun ours = new ProgramRun(command(launcher(), "predict-from-modelfolder"), folder);
            rounds.enter("segnode", ours::run);
            if (options.peerPython().isPresent()) {
                Path program = options.peerPython().get().resolveSibling("nnUNetv2_predict_from_modelfolder");
                rounds.enter("nnU-Net", new ProgramRun(command(program), folder)::run);
            }
            List<List<BenchRounds.Result>> results = rounds.run(options.rounds(), 1);
            String subject = input.getFileName() + ", fold " + fold;
            report.add(subject + ", time", "s", results.get(0));
            report.add(subject + ", largest sum over processes (PSS)", "MB", results.get(1));
            report.add(subject + ", largest process (RSS)", "MB", results.get(2));
        } finally {
            ProgramRun.delete(folder);
        }
        report.print(spec.commandLine().getOut());
        return 0;
    }

    private static Path launcher() {
        Path installed = Home.folder().resolve("bin/segnode");
        return Files.isExecutable(installed) ? installed : Home.folder().resolve("segnode");
    }

    /** Both programs take the same options. */
    private List<String> command(Path program, String... first) {
        Path folder = model.orElseGet(() -> Home.models().resolve("hippocampus-3d"));
        List<String> command = new ArrayList<>(List.of(program.toString()));
        command.addAll(List.of(first));
        command.addAll(List.of("-device", "cpu", "-f", fold, "-i", input.toString(), "-m", folder.toString(), "-o"));
        return command;
    }
}
