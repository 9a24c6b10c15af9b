package org.segnode.peers;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.opentest4j.TestAbortedException;
import org.testcontainers.DockerClientFactory;

/**
 * How the programs of others run. What is not there is skipped with a message; with {@code -Dit.require=PROCESS} or
 * {@code CONTAINER} the test fails instead.
 */
public enum Mode {
    /** Debian packages dcmtk and orthanc. */
    PROCESS,
    /** An image of these; {@code -Dit.image=...} names another one than {@value #DEFAULT_IMAGE}. */
    CONTAINER;

    /** DCMTK waits about 40 ms per object without it. */
    static final Map<String, String> ENVIRONMENT = Map.of("TCP_NODELAY", "1");

    private static final String DEFAULT_IMAGE = "segnode-test/debian-peers:1";
    private static final Duration READY = Duration.ofSeconds(30);

    /** @throws TestAbortedException if the programs are not there and need not be */
    public void require(String... programs) {
        Optional<String> missing = this == PROCESS
                ? Stream.of(programs)
                        .filter(program -> executable(program).isEmpty())
                        .findFirst()
                        .map(program -> program + " is not installed")
                : Optional.of("no Docker daemon answers")
                        .filter(reason -> !DockerClientFactory.instance().isDockerAvailable());
        if (missing.isEmpty()) {
            return;
        }
        String reason = "peers as " + this + ": " + missing.get();
        if (name().equals(System.getProperty("it.require"))) {
            throw new IllegalStateException(reason + ", and -Dit.require demands them");
        }
        throw new TestAbortedException(reason);
    }

    private static Optional<Path> executable(String program) {
        String path = System.getenv().getOrDefault("PATH", "") + ":/usr/sbin:/usr/bin";
        return Stream.of(path.split(":"))
                .filter(folder -> !folder.isEmpty())
                .map(folder -> Path.of(folder, program))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /** Starts a program in a folder that it may write to. */
    Program start(Path folder, String program, List<String> arguments) {
        require(program);
        String executable = this == PROCESS ? executable(program).orElseThrow().toString() : program;
        List<String> command =
                Stream.concat(Stream.of(executable), arguments.stream()).toList();
        return this == PROCESS
                ? ProcessProgram.start(command, folder)
                : ContainerProgram.start(System.getProperty("it.image", DEFAULT_IMAGE), command, folder);
    }

    /** Starts a program that listens, and waits until it does. */
    Program startListening(Path folder, int port, String program, List<String> arguments) throws InterruptedException {
        Program started = start(folder, program, arguments);
        try {
            FreePort.awaitOpen(port, READY, started::isRunning);
            return started;
        } catch (IllegalStateException e) {
            String output = started.output();
            started.close();
            throw new IllegalStateException(program + ": " + e.getMessage() + "\n" + output, e);
        } catch (InterruptedException e) {
            started.close();
            throw e;
        }
    }
}
