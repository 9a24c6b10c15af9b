package org.segnode.cli.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.segnode.cli.terminal.CommandFailure;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** All in one: a node, a sender and a destination on this machine, and what came back. */
@Command(
        name = "demo",
        description = {
            "Starts a node with a database of its own and a small destination on free ports of this machine, sends it the"
                    + " sample series, waits for the results, compares them with the ground truth, and draws a picture.",
            "Exit code 1 if a result does not come or is not what it should be."
        },
        footerHeading = "%nExamples:%n",
        footer = {"  segnode demo", "  segnode demo --data ./demo"})
public final class DemoCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Option(
            names = "--data",
            paramLabel = "FOLDER",
            description = "new or empty folder for everything the demo writes; a temporary one if not given")
    private Optional<Path> data;

    @Override
    public Integer call() throws Exception {
        Path folder = folder();
        try (Demo demo =
                new Demo(folder, spec.commandLine().getOut(), spec.commandLine().getErr())) {
            demo.run();
        }
        return 0;
    }

    private Path folder() throws IOException {
        if (data.isEmpty()) {
            return Files.createTempDirectory("segnode-demo-");
        }
        Path folder = Files.createDirectories(data.get().toAbsolutePath().normalize());
        try (Stream<Path> content = Files.list(folder)) {
            if (content.findAny().isPresent()) {
                throw new CommandFailure(folder + " is not empty, the demo begins in an empty folder");
            }
        }
        return folder;
    }
}
