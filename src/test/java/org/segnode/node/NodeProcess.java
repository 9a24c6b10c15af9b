package org.segnode.node;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.awaitility.Awaitility.await;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.awaitility.core.ConditionTimeoutException;

/** A node in a Java process of its own, so that it can be killed as a power cut kills it. */
final class NodeProcess implements AutoCloseable {
    private final Process process;
    private final Path log;

    private NodeProcess(Process process, Path log) {
        this.process = process;
        this.log = log;
    }

    /** As the launcher runs it. */
    static NodeProcess run(NodeFolder files) throws IOException {
        return start(
                files,
                List.of(
                        "org.segnode.cli.Segnode",
                        "run",
                        "--settings",
                        files.settingsFile().toString()));
    }

    /** The same with a worker that needs no model. */
    static NodeProcess runWithBoxes(NodeFolder files) throws IOException {
        return start(
                files, List.of(NodeMain.class.getName(), files.settingsFile().toString()));
    }

    private static NodeProcess start(NodeFolder files, List<String> main) throws IOException {
        Path log = Files.createTempFile(files.folder(), "node", ".log");
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-Dsegnode.log.level=INFO",
                "-cp",
                Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                        .map(part -> Path.of(part).toAbsolutePath().toString())
                        .collect(Collectors.joining(File.pathSeparator))));
        command.addAll(main);
        Process process = new ProcessBuilder(command)
                .directory(files.folder().toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        NodeProcess started = new NodeProcess(process, log);
        started.awaitLog("ready after");
        return started;
    }

    long pid() {
        return process.pid();
    }

    String log() {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Waits until the log says so. */
    void awaitLog(String words) {
        try {
            await(words).pollInterval(20, MILLISECONDS).atMost(90, SECONDS).until(() -> {
                if (!process.isAlive()) {
                    throw new IllegalStateException("the node has ended:\n" + log());
                }
                return log().contains(words);
            });
        } catch (ConditionTimeoutException e) {
            throw new AssertionError("the node never said \"" + words + "\":\n" + log(), e);
        }
    }

    /** {@code kill -9}. */
    void kill() throws InterruptedException {
        process.destroyForcibly();
        process.waitFor();
    }

    /** {@code kill}, as systemd stops it. @return the exit code */
    int stop() throws InterruptedException {
        process.destroy();
        return process.waitFor();
    }

    @Override
    public void close() throws InterruptedException {
        if (process.isAlive()) {
            stop();
        }
    }
}
