package org.segnode.peers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.segnode.pacs.RemoteAe;

/** DCMTK's storescp as a destination that takes everything. */
public final class Storescp implements AutoCloseable {
    private final RemoteAe remote;
    private final Path folder;
    private final Program program;

    private Storescp(RemoteAe remote, Path folder, Program program) {
        this.remote = remote;
        this.folder = folder;
        this.program = program;
    }

    /** @param options of storescp, for example {@code --refuse}; may be empty */
    public static Storescp start(Mode mode, String aet, Path folder, String... options)
            throws IOException, InterruptedException {
        return start(mode, aet, FreePort.next(), folder, options);
    }

    /** As the other, on a given port: the same destination may be stopped and started again. */
    public static Storescp start(Mode mode, String aet, int port, Path folder, String... options)
            throws IOException, InterruptedException {
        Path received = Files.createDirectories(folder.resolve("received"));
        List<String> arguments = new ArrayList<>(List.of("-v", "-pm", "-aet", aet, "-od", received.toString()));
        arguments.addAll(List.of(options));
        arguments.add(Integer.toString(port));
        Program program = mode.startListening(folder, port, "storescp", arguments);
        return new Storescp(new RemoteAe(aet, "127.0.0.1", port), folder, program);
    }

    /** Where to send to. */
    public RemoteAe remote() {
        return remote;
    }

    /** Files that have come in; one per SOP Instance UID. */
    public List<Path> received() throws IOException {
        try (Stream<Path> files = Files.list(folder.resolve("received"))) {
            return files.sorted().toList();
        }
    }

    public String output() {
        return program.output();
    }

    @Override
    public void close() {
        program.close();
    }
}
