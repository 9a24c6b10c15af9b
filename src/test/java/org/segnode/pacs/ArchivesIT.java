package org.segnode.pacs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.segnode.TemporaryException;
import org.segnode.peers.Dcmqrscp;
import org.segnode.peers.Mode;
import org.segnode.peers.Orthanc;
import org.segnode.peers.ResultPacs;
import org.segnode.peers.SyntheticSeries;

/** Queries to Orthanc, to DCMTK's archive and to the test PACS. */
class ArchivesIT {
    private static final SyntheticSeries SERIES = new SyntheticSeries("2.25.81", 20, 31);
    private static final SyntheticSeries OTHER = new SyntheticSeries("2.25.82", 3, 31);

    @TempDir
    Path folder;

    private final QueryScu scu = new QueryScu("NODE");

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

    private List<Path> written() throws Exception {
        List<Path> files = new java.util.ArrayList<>(SERIES.write(folder.resolve("a")));
        files.addAll(OTHER.write(folder.resolve("b")));
        return files;
    }

    @Test
    void orthancAnswers() throws Exception {
        Mode.PROCESS.require("Orthanc");
        Path home = Files.createDirectories(folder.resolve("orthanc"));
        RemoteAe us = new RemoteAe("NODE", "127.0.0.1", 1);
        try (Orthanc orthanc = Orthanc.start(Mode.PROCESS, "ORTHANC", home, List.of(us))) {
            new StorageScu("NODE").send(orthanc.dicom(), written());
            assertAnswers(orthanc.dicom());
            Match series = scu.find(orthanc.dicom(), Query.seriesOf("2.25.81.1"))
                    .found()
                    .get(0);
            assertThat(series.count("NumberOfSeriesRelatedInstances")).hasValue(20);
        }
    }

    @Test
    void dcmqrscpAnswers() throws Exception {
        Mode.PROCESS.require("dcmqrscp");
        Path home = Files.createDirectories(folder.resolve("dcmqrscp"));
        try (Dcmqrscp archive = Dcmqrscp.start(Mode.PROCESS, "QRSCP", home, List.of())) {
            new StorageScu("NODE").send(archive.remote(), written());
            assertAnswers(archive.remote());
        }
    }

    @Test
    void theTestPacsAnswers() throws Exception {
        written();
        try (ResultPacs pacs = ResultPacs.start("PACS", folder.resolve("pacs"), "--serve", folder.toString())) {
            assertAnswers(pacs.remote());
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
    void aPacsWithoutQueriesIsNamed() throws Exception {
        try (ResultPacs pacs = ResultPacs.start("PACS", folder.resolve("pacs"))) {
            assertThatThrownBy(() -> scu.find(pacs.remote(), Query.studies()))
                    .isInstanceOf(RefusedByPeerException.class)
                    .hasMessageContaining("offers no queries");
        }
    }
}
