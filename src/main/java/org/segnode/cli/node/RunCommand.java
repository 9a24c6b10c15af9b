package org.segnode.cli.node;

import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.segnode.node.Node;
import org.segnode.node.settings.Settings;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The node in the foreground, until it is told to stop. */
@Command(
        name = "run",
        description = {
            "Runs the node in the foreground, with its log on stderr, until SIGTERM or Ctrl-C.",
            "Stopping, also by force, loses nothing: what was under way is taken up at the next start."
        },
        footerHeading = "%nExamples:%n",
        footer = {"  segnode run", "  segnode run --settings /etc/segnode/segnode.yaml"})
public final class RunCommand implements Callable<Integer> {
    @Option(names = "--settings", paramLabel = "FILE", description = "settings; those of the installation if not given")
    private Optional<Path> file;

    @Override
    public Integer call() throws InterruptedException {
        if (System.getProperty("segnode.log.level") == null) {
            System.setProperty("segnode.log.level", "INFO"); // before the first logger is made
        }
        Settings settings = Settings.read(file.orElseGet(Home::settings), System.getenv());
        Node node = new Node(settings);
        Runtime.getRuntime().addShutdownHook(new Thread(node::close, "stop"));
        node.start();
        new CountDownLatch(1).await();
        return 0;
    }
}
