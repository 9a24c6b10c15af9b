package org.segnode.pacs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.segnode.peers.PythonTool;
import org.segnode.peers.Storescu;
import org.segnode.peers.SyntheticSeries;

/** The independent peer sends badly or not at all; each run ends with a C-ECHO that has to be answered. */
class HostilePeersIT {
    private static final SyntheticSeries SERIES = new SyntheticSeries("2.25.72", 8, 63);

    @TempDir
    Path folder;

    private final RecordedReception reception = new RecordedReception();
    private Spool spool;
    private StorageScp scp;

    @BeforeEach
    void start() {
        spool = new Spool(folder.resolve("node").resolve("spool"));
        ScpTimeouts impatient = new ScpTimeouts(
                Duration.ofSeconds(1), Duration.ofSeconds(3), Duration.ofSeconds(1), Duration.ofSeconds(5));
        scp = new StorageScp(
                ScpConfiguration.of("NODE", "127.0.0.1", 0)
                        .withMinimumFreeBytes(0)
                        .with(impatient)
                        .with(new ConnectionLimits(40, 40, 65_536)),
                spool,
                reception);
        scp.start();
    }

    @AfterEach
    void stop() {
        scp.close();
    }

    private void bears(String mode, String... options) throws Exception {
        Stream<String> call = Stream.of(mode, "--port", Integer.toString(scp.port()), "--aec", "NODE");
        Path home = Files.createDirectories(folder.resolve("peer"));
        Storescu.Result result = PythonTool.run(
                home, "pacs_peer.py", Stream.concat(call, Stream.of(options)).toArray(String[]::new));
        assertThat(result.exitCode()).as(result.output()).isZero();
        await().atMost(Duration.ofSeconds(10))
                .untilAsserted(() -> assertThat(spool.folder().resolve("incoming"))
                        .as("nothing half received is left")
                        .isEmptyDirectory());
    }

    private String series() throws Exception {
        SERIES.write(folder.resolve("series"));
        return folder.resolve("series").toString();
    }

    private List<Path> kept() {
        return spool.seriesKeys().stream()
                .flatMap(key -> spool.files(key).stream())
                .toList();
    }

    @Test
    void keepsWhatFourAssociationsSendAtOnce() throws Exception {
        bears("send", "--files", series(), "--associations", "4");
        assertThat(kept()).hasSize(8);
        assertThat(reception.received.stream()
                        .map(ReceivedInstance::association)
                        .distinct())
                .hasSize(4);
    }

    @Test
    void takesTheSameSeriesTwice() throws Exception {
        bears("duplicate", "--files", series());
        assertThat(kept()).hasSize(8);
    }

    @Test
    void keepsWhatWasAnsweredBeforeAnAbort() throws Exception {
        bears("abort-midway", "--files", series());
        assertThat(kept()).hasSize(4);
    }

    @Test
    void endsConnectionsThatNeverAsk() throws Exception {
        bears("stall-handshake", "--wait", "4", "--must-close");
    }

    @Test
    void endsAStoreThatStopsMidway() throws Exception {
        bears("stall-store", "--files", series(), "--wait", "4", "--must-close");
        assertThat(kept()).hasSize(4);
    }

    @Test
    void refusesGarbage() throws Exception {
        bears("garbage", "--count", "60");
        assertThat(kept()).isEmpty();
    }

    @Test
    void makesNoPathOfAUid() throws Exception {
        bears("path-traversal", "--watch", folder.toString());
        assertThat(kept()).isEmpty();
    }

    @Test
    void rejectsAWrongCalledAeTitle() throws Exception {
        bears("wrong-aet");
    }

    @Test
    void outlivesAFlood() throws Exception {
        bears("flood", "--count", "300", "--wait", "5", "--must-close");
    }

    @Test
    void doesNotReadHugePdus() throws Exception {
        bears("huge-pdu", "--wait", "3");
        assertThat(kept()).isEmpty();
    }
}
