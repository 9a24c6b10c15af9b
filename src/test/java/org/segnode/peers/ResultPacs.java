package org.segnode.peers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.segnode.pacs.RemoteAe;

/** {@code result_pacs.py}: a small PACS that misbehaves on demand. */
public final class ResultPacs implements AutoCloseable {
    private static final Duration READY = Duration.ofSeconds(30);

    private final RemoteAe remote;
    private final Path received;
    private final Program program;

    private ResultPacs(RemoteAe remote, Path received, Program program) {
        this.remote = remote;
        this.received = received;
        this.program = program;
    }

    /** @param options for example {@code --refuse 2 --refuse-transient}, {@code --fail-every 3}, {@code --slow 1}; may be empty */
    public static ResultPacs start(String aet, Path folder, String... options)
            throws IOException, InterruptedException {
        int port = FreePort.next();
        Path received = Files.createDirectories(folder.resolve("received"));
        List<String> arguments = new ArrayList<>(List.of(
                "--port", Integer.toString(port), "--aet", aet, "--out", received.toString(), "--commit", "none"));
        arguments.addAll(List.of(options));
        Program program = PythonTool.start(folder, "result_pacs.py", arguments.toArray(String[]::new));
        try {
            FreePort.awaitOpen(port, READY, program::isRunning);
        } catch (IllegalStateException e) {
            program.close();
            throw new IllegalStateException(e.getMessage() + "\n" + program.output(), e);
        }
        return new ResultPacs(new RemoteAe(aet, "127.0.0.1", port), received, program);
    }

    /** Where to send to. */
    public RemoteAe remote() {
        return remote;
    }

    /** Files it keeps. */
    public List<Path> received() throws IOException {
        try (Stream<Path> files = Files.walk(received)) {
            return files.filter(Files::isRegularFile).sorted().toList();
        }
    }

    /** One line of JSON per event. */
    public String output() {
        return program.output();
    }

    @Override
    public void close() {
        program.close();
    }
}
