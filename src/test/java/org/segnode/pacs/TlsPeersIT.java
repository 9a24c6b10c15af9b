package org.segnode.pacs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.segnode.TemporaryException;
import org.segnode.peers.Mode;
import org.segnode.peers.Storescp;
import org.segnode.peers.Storescu;
import org.segnode.peers.SyntheticSeries;
import org.segnode.peers.TestKeys;

/** DICOM over TLS with DCMTK, in both directions. */
class TlsPeersIT {
    private static final SyntheticSeries SERIES = new SyntheticSeries("2.25.77", 5, 129);

    @TempDir
    Path folder;

    private final RecordedReception reception = new RecordedReception();
    private TestKeys keys;

    @BeforeEach
    void start() throws Exception {
        Mode.PROCESS.require("storescu", "storescp");
        keys = TestKeys.make(folder.resolve("keys"));
    }

    private String[] options(String party, String trusted) throws Exception {
        return new String[] {
            "+tls",
            keys.privateKey(party).toString(),
            keys.certificate(party).toString(),
            "+cf",
            keys.certificate(trusted).toString()
        };
    }

    private Storescu.Result storescu(String party) throws Exception {
        try (StorageScp scp = new StorageScp(
                ScpConfiguration.of("NODE", "127.0.0.1", 0)
                        .withMinimumFreeBytes(0)
                        .at(Listening.encrypted("127.0.0.1", 0, new Tls(keys.strict("node")))),
                new Spool(folder.resolve("spool")),
                reception)) {
            scp.start();
            RemoteAe node = new RemoteAe("NODE", "127.0.0.1", scp.port());
            return new Storescu(Mode.PROCESS, "DCMTK", folder)
                    .send(node, SERIES.write(folder.resolve("sent")), options(party, "node"));
        }
    }

    @Test
    void storescuDeliversWithACertificateThatIsTrusted() throws Exception {
        Storescu.Result result = storescu("peer");
        assertThat(result.exitCode()).as(result.output()).isZero();
        assertThat(reception.received).hasSize(5);
    }

    @Test
    void storescuWithAStrangersCertificateDeliversNothing() throws Exception {
        assertThat(storescu("stranger").exitCode()).isNotZero();
        assertThat(reception.received).isEmpty();
    }

    @Test
    void storescpTakesFromUs() throws Exception {
        List<Path> files = SERIES.write(folder.resolve("sent"));
        try (Storescp storescp =
                Storescp.start(Mode.PROCESS, "DCMTK", folder.resolve("peer"), options("peer", "node"))) {
            RemoteAe peer = storescp.remote().over(new Tls(keys.strict("node")));
            new StorageScu("NODE").send(peer, files);
            assertThat(storescp.received()).hasSize(5);
            RemoteAe seenByStranger = storescp.remote().over(new Tls(keys.strict("stranger")));
            assertThatThrownBy(() -> new StorageScu("NODE").echo(seenByStranger))
                    .isInstanceOf(TemporaryException.class);
        }
    }
}
