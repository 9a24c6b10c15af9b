package org.segnode.cli.bench;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** A storage SCP of others that runs as a process, and ends with {@link #close}. */
final class StorageProgram implements AutoCloseable {
    static final String AET = "BENCH";

    private static final int TRIES = 400;
    private static final int PAUSE_MS = 50;

    private final Process process;
    private final int port;

    private StorageProgram(Process process, int port) throws IOException, InterruptedException {
        this.process = process;
        this.port = port;
        try {
            awaitOpen(port);
        } catch (IOException e) {
            close();
            throw e;
        }
    }

    /** DCMTK's, one process per association. */
    static StorageProgram storescp(Path folder) throws IOException, InterruptedException {
        int port = freePort();
        return new StorageProgram(
                start("storescp", "--fork", "-aet", AET, "-od", folder.toString(), Integer.toString(port)), port);
    }

    /** Orthanc with an empty database in the folder, which takes from everybody and overwrites nothing. */
    static StorageProgram orthanc(Path folder) throws IOException, InterruptedException {
        int port = freePort();
        Path settings = folder.resolve("orthanc.json");
        Files.writeString(settings, """
                {"StorageDirectory": "%1$s/db", "IndexDirectory": "%1$s/db", "Plugins": [], "HttpServerEnabled": false,
                 "DicomAet": "BENCH", "DicomPort": %2$d, "DicomAlwaysAllowStore": true, "UnknownSopClassAccepted": true}
                """.formatted(folder, port));
        return new StorageProgram(start("Orthanc", settings.toString()), port);
    }

    int port() {
        return port;
    }

    static boolean isInstalled(String program) {
        return find(program).isPresent();
    }

    private static Optional<Path> find(String program) {
        String places = System.getenv().getOrDefault("PATH", "") + ":/usr/sbin"; // Debian's Orthanc is there
        return Stream.of(places.split(":"))
                .map(place -> Path.of(place, program))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /** With output passed over; {@code TCP_NODELAY}, as without it DCMTK waits about 40 ms per object. */
    static Process start(String program, String... arguments) throws IOException {
        String executable = find(program).map(Path::toString).orElse(program);
        List<String> command =
                Stream.concat(Stream.of(executable), Stream.of(arguments)).toList();
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD);
        builder.environment().put("TCP_NODELAY", "1");
        return builder.start();
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static void awaitOpen(int port) throws IOException, InterruptedException {
        for (int tries = 0; tries < TRIES; tries++) {
            try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
                return;
            } catch (IOException e) {
                Thread.sleep(PAUSE_MS);
            }
        }
        throw new IOException("nobody listens on port " + port);
    }

    @Override
    public void close() throws InterruptedException {
        process.destroy();
        process.waitFor();
    }
}
