package org.segnode.pacs;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.segnode.TemporaryException;
import org.segnode.peers.Dcmqrscp;
import org.segnode.peers.Mode;
import org.segnode.peers.Orthanc;
import org.segnode.peers.ResultPacs;
import org.segnode.peers.SyntheticSeries;

/** Queries to, and retrievals from, Orthanc, DCMTK's archive and the test PACS. */
class ArchivesIT {
    private static final SyntheticSeries SERIES = new SyntheticSeries("2.25.81", 20, 31);
    private static final SyntheticSeries OTHER = new SyntheticSeries("2.25.82", 3, 31);

    @TempDir
    Path folder;

    private final QueryScu scu = new QueryScu("NODE");
    private final RetrieveScu retrieve = new RetrieveScu("NODE");
    private final RecordedReception reception = new RecordedReception();
    private Spool spool;
    private StorageScp scp;

    private void assertAnswers(RemoteAe archive) throws Exception {
        assertThat(scu.find(archive, Query.studies().with("PatientID", "MADE-*"))
                        .found())
                .extracting(Match::uid)
                .containsExactlyInAnyOrder("2.25.81.1", "2.25.82.1");
        Matches series = scu.find(archive, Query.seriesOf("2.25.81.1"));
        assertThat(series.found()).extracting(Match::uid).containsExactly("2.25.81.1.1");
        Matches instances = scu.find(archive, Query.instancesOf("2.25.81.1", "2.25.81.1.1"));
        assertThat(instances.found()).hasSize(20);
        assertThat(instances.found().get(0).value("SOPInstanceUID")).startsWith("2.25.81.1.1.");
        assertThat(scu.find(archive, Query.seriesOf("2.25.99")).found()).isEmpty();
        assertThat(new QueryScu("NODE", ScuTimeouts.DEFAULT, 5)
                        .find(archive, Query.instancesOf("2.25.81.1", "2.25.81.1.1"))
                        .found())
                .hasSize(5);
    }

    /** The archive knows NODE at the port of {@link #scp}. */
    private void assertGives(RemoteAe archive) throws Exception {
        Retrieval series = Retrieval.series("2.25.81.1", "2.25.81.1.1");
        assertThat(retrieve.get(archive, series, intake())).isEqualTo(new Retrieved(20, 0));
        assertReceived(archive.aet(), 20);
        Retrieval two = Retrieval.instances("2.25.81.1", "2.25.81.1.1", List.of("2.25.81.1.1.7", "2.25.81.1.1.9"));
        assertThat(retrieve.get(archive, two, intake())).isEqualTo(new Retrieved(2, 0));
        assertThat(reception.received)
                .extracting(ReceivedInstance::sopInstanceUid)
                .contains("2.25.81.1.1.7");
        assertReceived(archive.aet(), 2);
        assertThat(retrieve.move(archive, "NODE", Retrieval.study("2.25.82.1"))).isEqualTo(new Retrieved(3, 0));
        assertReceived(archive.aet(), 3);
        assertThatThrownBy(() -> retrieve.move(archive, "STRANGER", series)).isInstanceOf(RefusedByPeerException.class);
    }

    private void assertReceived(String from, int objects) {
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(reception.ended).isNotEmpty());
        assertThat(reception.received)
                .hasSize(objects)
                .allMatch(one -> one.callingAet().equals(from));
        assertThat(reception.received).allMatch(one -> one.calledAet().equals("NODE"));
        assertThat(reception.ended).contains(reception.received.get(0).association());
        reception.received.clear();
        reception.ended.clear();
    }

    private Intake intake() {
        return new Intake(spool, reception, 0);
    }

    private RemoteAe node() {
        return new RemoteAe("NODE", "127.0.0.1", scp.port());
    }

    @BeforeEach
    void start() {
        spool = new Spool(folder.resolve("spool"));
        scp = new StorageScp(ScpConfiguration.of("NODE", "127.0.0.1", 0).withMinimumFreeBytes(0), spool, reception);
        scp.start();
    }

    @AfterEach
    void stop() {
        scp.close();
    }

    private List<Path> written() throws Exception {
        List<Path> files = new java.util.ArrayList<>(SERIES.write(folder.resolve("a")));
        files.addAll(OTHER.write(folder.resolve("b")));
        return files;
    }

    @Test
    void orthancAnswers() throws Exception {
        Mode.PROCESS.require("Orthanc");
        Path home = Files.createDirectories(folder.resolve("orthanc"));
        try (Orthanc orthanc = Orthanc.start(Mode.PROCESS, "ORTHANC", home, List.of(node()))) {
            new StorageScu("NODE").send(orthanc.dicom(), written());
            assertAnswers(orthanc.dicom());
            Match series = scu.find(orthanc.dicom(), Query.seriesOf("2.25.81.1"))
                    .found()
                    .get(0);
            assertThat(series.count("NumberOfSeriesRelatedInstances")).hasValue(20);
            assertGives(orthanc.dicom());
        }
    }

    @Test
    void orthancAnswersOverDicomWeb() throws Exception {
        Mode.PROCESS.require("Orthanc");
        Path home = Files.createDirectories(folder.resolve("orthanc"));
        try (Orthanc orthanc = Orthanc.startWithDicomWeb(Mode.PROCESS, "ORTHANC", home);
                FetchFolder fetched = new FetchFolder(folder.resolve("fetched"))) {
            DicomWebClient web = new DicomWebClient(
                    orthanc.http().resolve("dicom-web"), Optional.empty(), Optional::empty, WebTimeouts.DEFAULT, 100);
            web.store(written());
            assertThat(web.find(Query.studies().with("PatientID", "MADE-UP")).found())
                    .extracting(Match::uid)
                    .containsExactlyInAnyOrder("2.25.81.1", "2.25.82.1");
            Match series = web.find(Query.seriesOf("2.25.81.1")).found().get(0);
            assertThat(series.uid()).isEqualTo("2.25.81.1.1");
            assertThat(series.count("NumberOfSeriesRelatedInstances")).hasValue(20);
            assertThat(web.find(Query.instancesOf("2.25.81.1", "2.25.81.1.1")).found())
                    .hasSize(20);
            assertThat(web.fetch(Retrieval.series("2.25.81.1", "2.25.81.1.1"), fetched::take))
                    .isEqualTo(20);
            assertThat(fetched.files()).isEqualTo(20);
        }
    }

    @Test
    void dcmqrscpAnswers() throws Exception {
        Mode.PROCESS.require("dcmqrscp");
        Path home = Files.createDirectories(folder.resolve("dcmqrscp"));
        try (Dcmqrscp archive = Dcmqrscp.start(Mode.PROCESS, "QRSCP", home, List.of(node()))) {
            new StorageScu("NODE").send(archive.remote(), written());
            assertAnswers(archive.remote());
            assertGives(archive.remote());
        }
    }

    @Test
    void theTestPacsAnswers() throws Exception {
        written();
        String us = "NODE=127.0.0.1:" + scp.port();
        try (ResultPacs pacs =
                ResultPacs.start("PACS", folder.resolve("pacs"), "--serve", folder.toString(), "--move-to", us)) {
            assertAnswers(pacs.remote());
            assertGives(pacs.remote());
        }
    }

    @Test
    void aPacsThatRefusesForGoodOrForNowIsToldApart() throws Exception {
        try (ResultPacs pacs = ResultPacs.start("PACS", folder.resolve("pacs"), "--refuse", "-1")) {
            assertThatThrownBy(() -> scu.find(pacs.remote(), Query.studies()))
                    .isInstanceOf(RefusedByPeerException.class);
        }
        try (ResultPacs pacs =
                ResultPacs.start("PACS", folder.resolve("busy"), "--refuse", "-1", "--refuse-transient")) {
            assertThatThrownBy(() -> scu.find(pacs.remote(), Query.studies())).isInstanceOf(TemporaryException.class);
        }
    }

    @Test
    void aCompressedSeriesComesAsItIs() throws Exception {
        List<Path> files = new SyntheticSeries("2.25.84", 4, 31)
                .write(folder.resolve("deflated"), org.aoju.bus.image.UID.DeflatedExplicitVRLittleEndian);
        try (ResultPacs pacs = ResultPacs.start(
                "PACS",
                folder.resolve("pacs"),
                "--serve",
                requireNonNull(files.get(0).getParent()).toString())) {
            assertThat(retrieve.get(pacs.remote(), Retrieval.study("2.25.84.1"), intake()))
                    .isEqualTo(new Retrieved(4, 0));
            assertThat(reception.received).hasSize(4);
        }
    }

    @Test
    void whatIsRefusedHereIsCountedAsFailedThere() throws Exception {
        written();
        try (ResultPacs pacs = ResultPacs.start("PACS", folder.resolve("pacs"), "--serve", folder.toString())) {
            Intake full = new Intake(spool, reception, Long.MAX_VALUE);
            Retrieval series = Retrieval.series("2.25.81.1", "2.25.81.1.1");
            assertThatThrownBy(() -> retrieve.get(pacs.remote(), series, full))
                    .isInstanceOf(RefusedByPeerException.class)
                    .hasMessageContaining("status A702");
            assertThat(reception.received).isEmpty();
        }
    }

    @Test
    void aPacsWithoutQueriesIsNamed() throws Exception {
        try (ResultPacs pacs = ResultPacs.start("PACS", folder.resolve("pacs"))) {
            assertThatThrownBy(() -> scu.find(pacs.remote(), Query.studies()))
                    .isInstanceOf(RefusedByPeerException.class)
                    .hasMessageContaining("offers no queries");
        }
    }
}
