package org.segnode.peers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.segnode.pacs.RemoteAe;

/** DCMTK's archive with an empty database. */
public final class Dcmqrscp implements AutoCloseable {
    private final RemoteAe remote;
    private final Program program;

    private Dcmqrscp(RemoteAe remote, Program program) {
        this.remote = remote;
        this.program = program;
    }

    /** @param peers that it can send to under their AE title; everybody may ask */
    public static Dcmqrscp start(Mode mode, String aet, Path folder, List<RemoteAe> peers)
            throws IOException, InterruptedException {
        int port = FreePort.next();
        Path database = Files.createDirectories(folder.resolve("database"));
        String hosts = peers.stream()
                .map(peer -> peer.aet().toLowerCase(java.util.Locale.ROOT) + " = (" + peer.aet() + ", " + peer.host()
                        + ", " + peer.port() + ")\n")
                .collect(Collectors.joining());
        String settings = "NetworkTCPPort = " + port + "\nMaxPDUSize = 131072\nMaxAssociations = 32\n"
                + "HostTable BEGIN\n" + hosts + "HostTable END\nVendorTable BEGIN\nVendorTable END\nAETable BEGIN\n"
                + aet + " " + database + " RW (500, 1024mb) ANY\nAETable END\n";
        Path file = Files.writeString(folder.resolve("dcmqrscp.cfg"), settings);
        Program program = mode.startListening(folder, port, "dcmqrscp", List.of("-v", "-c", file.toString()));
        return new Dcmqrscp(new RemoteAe(aet, "127.0.0.1", port), program);
    }

    /** Where to send to, and to ask. */
    public RemoteAe remote() {
        return remote;
    }

    public String output() {
        return program.output();
    }

    @Override
    public void close() {
        program.close();
    }
}
