package org.segnode.pacs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import org.aoju.bus.image.Tag;
import org.aoju.bus.image.galaxy.data.Attributes;
import org.aoju.bus.image.galaxy.data.VR;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.segnode.TemporaryException;
import org.segnode.peers.FreePort;

/** Queries to archives that behave oddly. */
@Timeout(60)
class QueryScuTest {
    private static final Duration SHORT = Duration.ofMillis(800);
    private static final Duration LONG = Duration.ofSeconds(5);
    private static final ScuTimeouts IMPATIENT = new ScuTimeouts(LONG, LONG, LONG, SHORT);

    private final QueryScu scu = new QueryScu("NODE", IMPATIENT, 50);

    private static Attributes study(String uid) {
        Attributes answer = new Attributes();
        answer.setString(Tag.QueryRetrieveLevel, VR.CS, "STUDY");
        answer.setString(Tag.StudyInstanceUID, VR.UI, uid);
        answer.setString(Tag.PatientID, VR.LO, "P1");
        answer.setInt(Tag.NumberOfStudyRelatedInstances, VR.IS, 176);
        return answer;
    }

    @Test
    void whatWasAskedForIsAnsweredWhateverElseTheArchiveSays() throws Exception {
        Attributes answer = study("1.2.3");
        answer.setString(Tag.PatientName, VR.PN, "Not^Asked^For");
        try (OddArchive archive = new OddArchive(call -> {
            call.pending(answer);
            call.end(0);
        })) {
            Matches matches = scu.find(archive.remote(), Query.studies().with("PatientID", "P*"));
            assertThat(matches.all()).isTrue();
            Match match = matches.found().get(0);
            assertThat(match.uid()).isEqualTo("1.2.3");
            assertThat(match.value("PatientID")).isEqualTo("P1");
            assertThat(match.count("NumberOfStudyRelatedInstances")).hasValue(176);
            assertThat(match.values()).doesNotContainKey("PatientName");
        }
    }

    @Test
    void theQueryGoesOutAsItIsMeant() throws Exception {
        java.util.concurrent.CompletableFuture<Attributes> asked = new java.util.concurrent.CompletableFuture<>();
        try (OddArchive archive = new OddArchive(call -> {
            asked.complete(call.identifier());
            call.end(0);
        })) {
            assertThat(scu.find(
                                    archive.remote(),
                                    Query.seriesOf("1.2.3")
                                            .with("Modality", "CT")
                                            .with("PatientName", "Mü*"))
                            .found())
                    .isEmpty();
        }
        Attributes identifier = asked.get();
        assertThat(identifier.getString(Tag.QueryRetrieveLevel)).isEqualTo("SERIES");
        assertThat(identifier.getString(Tag.StudyInstanceUID)).isEqualTo("1.2.3");
        assertThat(identifier.getString(Tag.Modality)).isEqualTo("CT");
        assertThat(identifier.getString(Tag.PatientName)).isEqualTo("Mü*");
        assertThat(identifier.contains(Tag.NumberOfSeriesRelatedInstances)).isTrue();
    }

    @Test
    void answersWithoutAValidUidAreLeftOutAndCounted() throws Exception {
        try (OddArchive archive = new OddArchive(call -> {
            for (String uid : List.of("../../x", "1.2.3", "", "1.2.3", "1." + "2".repeat(80), "1.2.4")) {
                call.pending(study(uid));
            }
            call.end(0);
        })) {
            Matches matches = scu.find(archive.remote(), Query.studies());
            assertThat(matches.found()).extracting(Match::uid).containsExactly("1.2.3", "1.2.4");
            assertThat(matches.unusable()).isEqualTo(3);
        }
    }

    @Test
    void anArchiveThatNeverEndsIsToldToStop() throws Exception {
        try (OddArchive archive = new OddArchive(call -> {
            for (int n = 1; n < 1_000_000; n++) {
                call.pending(study("1.2." + n));
            }
        })) {
            Matches matches = scu.find(archive.remote(), Query.studies());
            assertThat(matches.found()).hasSize(50);
            assertThat(matches.all()).isFalse();
        }
    }

    @Test
    void anArchiveThatStopsWhenToldIsReleasedInOrder() throws Exception {
        try (OddArchive archive = new OddArchive(call -> {
            for (int n = 1; n <= 51; n++) {
                call.pending(study("1.2." + n));
            }
            Thread.sleep(100);
            call.end(0xFE00);
        })) {
            assertThat(scu.find(archive.remote(), Query.studies()).found()).hasSize(50);
            assertThat(archive.cancels.get()).isEqualTo(1);
        }
    }

    @Test
    void aFailureIsARefusalWithItsStatus() throws Exception {
        try (OddArchive archive = new OddArchive(call -> call.end(0xA900))) {
            assertThatThrownBy(() -> scu.find(archive.remote(), Query.studies()))
                    .isInstanceOf(RefusedByPeerException.class)
                    .hasMessageContaining("status A900");
        }
    }

    @Test
    void aSilentArchiveIsNotAwaitedForEver() throws Exception {
        try (OddArchive archive = new OddArchive(call -> call.pending(study("1.2.3")))) {
            assertThatThrownBy(() -> scu.find(archive.remote(), Query.studies()))
                    .isInstanceOf(TemporaryException.class)
                    .hasMessageContaining("no response within 800 ms");
        }
    }

    @Test
    void anArchiveThatDropsTheAssociationIsATemporaryFailure() throws Exception {
        try (OddArchive archive = new OddArchive(call -> {
            call.pending(study("1.2.3"));
            call.association().abort();
        })) {
            assertThatThrownBy(() -> scu.find(archive.remote(), Query.studies()))
                    .isInstanceOf(TemporaryException.class)
                    .hasMessageContaining("the association broke before the last response");
        }
    }

    @Test
    void anAnswerOfAbsurdSizeEndsTheAssociation() throws Exception {
        Attributes answer = study("1.2.3");
        answer.setString(Tag.StudyDescription, VR.UT, "x".repeat(3_000_000));
        try (OddArchive archive = new OddArchive(call -> call.pending(answer))) {
            assertThatThrownBy(() -> scu.find(archive.remote(), Query.studies()))
                    .isInstanceOf(TemporaryException.class);
        }
    }

    @Test
    void anAbsentArchiveIsATemporaryFailure() {
        RemoteAe nobody = new RemoteAe("NOBODY", "127.0.0.1", FreePort.next());
        assertThatThrownBy(() -> scu.find(nobody, Query.studies()))
                .isInstanceOf(TemporaryException.class)
                .hasMessageContaining("no association with NOBODY");
    }

    @Test
    void aKeywordThatDicomDoesNotKnowIsRefusedBeforeAnybodyIsAsked() {
        RemoteAe nobody = new RemoteAe("NOBODY", "127.0.0.1", FreePort.next());
        assertThatThrownBy(() -> scu.find(nobody, Query.studies().with("PatientIdd", "1")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("\"PatientIdd\" is not the DICOM keyword");
    }
}
