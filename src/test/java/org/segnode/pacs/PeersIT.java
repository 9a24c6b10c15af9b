package org.segnode.pacs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.aoju.bus.image.UID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.segnode.peers.Mode;
import org.segnode.peers.Orthanc;
import org.segnode.peers.Storescp;
import org.segnode.peers.Storescu;
import org.segnode.peers.SyntheticSeries;

/** Our SCP and SCU with DCMTK and Orthanc. */
@ParameterizedClass(name = "{0}")
@EnumSource(Mode.class)
class PeersIT {
    private static final SyntheticSeries SERIES = new SyntheticSeries("2.25.71", 20, 63);

    @Parameter
    Mode mode;

    @TempDir
    Path folder;

    private final RecordedReception reception = new RecordedReception();
    private StorageScp scp;

    @BeforeEach
    void start() {
        mode.require("storescu", "storescp", "Orthanc");
        scp = new StorageScp(
                ScpConfiguration.of("NODE", "127.0.0.1", 0).withMinimumFreeBytes(0),
                new Spool(folder.resolve("spool")),
                reception);
        scp.start();
    }

    @AfterEach
    void stop() {
        if (scp != null) {
            scp.close();
        }
    }

    private RemoteAe node() {
        return new RemoteAe("NODE", "127.0.0.1", scp.port());
    }

    @Test
    void echoscuIsAnswered() throws Exception {
        Storescu.Result result = new Storescu(mode, "DCMTK", folder).echo(node());
        assertThat(result.exitCode()).as(result.output()).isZero();
    }

    @Test
    void storescuDeliversAllObjects() throws Exception {
        List<Path> files = SERIES.write(folder.resolve("sent"));
        Storescu.Result result = new Storescu(mode, "DCMTK", folder).send(node(), files);
        assertThat(result.exitCode()).as(result.output()).isZero();
        assertThat(reception.received).hasSize(20);
        assertThat(reception.received)
                .allMatch(instance -> instance.callingAet().equals("DCMTK"));
    }

    @Test
    void storescuMayNotCallAnother() throws Exception {
        List<Path> files = SERIES.write(folder.resolve("sent"));
        RemoteAe other = new RemoteAe("OTHER", "127.0.0.1", scp.port());
        assertThat(new Storescu(mode, "DCMTK", folder).send(other, files).exitCode())
                .isNotZero();
        assertThat(reception.received).isEmpty();
    }

    @Test
    void storescpTakesWhatWeSend() throws Exception {
        for (String syntax : List.of(UID.ExplicitVRLittleEndian, UID.DeflatedExplicitVRLittleEndian)) {
            Path in = Files.createDirectories(folder.resolve("in-" + syntax));
            try (Storescp storescp = Storescp.start(mode, "STORESCP", in, "+xa")) {
                new StorageScu("NODE").echo(storescp.remote());
                new StorageScu("NODE").send(storescp.remote(), SERIES.write(folder.resolve("out-" + syntax), syntax));
                assertThat(storescp.received()).as(storescp.output()).hasSize(20);
            }
        }
    }

    @Test
    void aPeerThatTakesOnlyImplicitLittleEndianGetsIt() throws Exception {
        Path in = Files.createDirectories(folder.resolve("in"));
        try (Storescp storescp = Storescp.start(mode, "STORESCP", in, "+xi")) {
            List<Path> files = SERIES.write(folder.resolve("out"));
            new StorageScu("NODE").send(storescp.remote(), files);
            assertThat(storescp.received()).as(storescp.output()).hasSize(20);
        }
    }

    @Test
    void orthancTakesWhatWeSendAndSendsItBack() throws Exception {
        Path home = Files.createDirectories(folder.resolve("orthanc"));
        try (Orthanc orthanc = Orthanc.start(mode, "ORTHANC", home, List.of(node()))) {
            new StorageScu("NODE").echo(orthanc.dicom());
            new StorageScu("NODE").send(orthanc.dicom(), SERIES.write(folder.resolve("out")));
            assertThat(orthanc.instances()).hasSize(20);
            orthanc.send("NODE", orthanc.list("studies"));
            await().atMost(Duration.ofSeconds(20))
                    .untilAsserted(() -> assertThat(reception.received).hasSize(20));
            assertSameAsSent();
        }
    }

    private void assertSameAsSent() throws IOException {
        for (ReceivedInstance instance : reception.received) {
            assertThat(instance.seriesInstanceUid()).isEqualTo(SERIES.seriesInstanceUid());
            assertThat(Files.size(instance.file())).isGreaterThan(2 * 63 * 63);
        }
    }
}
