package org.segnode.pacs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.aoju.bus.image.Tag;
import org.aoju.bus.image.galaxy.data.Attributes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.segnode.TemporaryException;

/** Retrievals from archives that behave oddly. */
@Timeout(60)
class RetrieveScuTest {
    private static final Duration SHORT = Duration.ofMillis(800);
    private static final Duration LONG = Duration.ofSeconds(5);
    private static final Retrieval STUDY = Retrieval.study("1.2.3");

    @TempDir
    Path folder;

    private final RetrieveScu scu = new RetrieveScu("NODE", new ScuTimeouts(LONG, LONG, LONG, SHORT));
    private final RecordedReception reception = new RecordedReception();

    @Test
    void anArchiveThatFailsIsARefusalWithItsStatus() throws Exception {
        try (OddArchive archive = new OddArchive(call -> call.end(0xA701))) {
            assertThatThrownBy(() -> scu.move(archive.remote(), "NODE", STUDY))
                    .isInstanceOf(RefusedByPeerException.class)
                    .hasMessageContaining("status A701");
        }
    }

    @Test
    void anArchiveThatDoesNotKnowTheDestinationIsNamedWithIt() throws Exception {
        try (OddArchive archive = new OddArchive(call -> call.end(0xA801))) {
            assertThatThrownBy(() -> scu.move(archive.remote(), "NODE", STUDY))
                    .isInstanceOf(RefusedByPeerException.class)
                    .hasMessageContaining("does not know NODE as a destination");
        }
    }

    @Test
    void anArchiveThatNeverAnswersIsNotAwaitedForEver() throws Exception {
        Intake intake = new Intake(new Spool(folder), reception, 0);
        try (OddArchive archive = new OddArchive(call -> {})) {
            assertThatThrownBy(() -> scu.get(archive.remote(), STUDY, intake))
                    .isInstanceOf(TemporaryException.class)
                    .hasMessageContaining("no response within 800 ms");
        }
        assertThat(reception.ended).hasSize(1);
    }

    @Test
    void anArchiveThatDropsTheAssociationIsATemporaryFailure() throws Exception {
        try (OddArchive archive = new OddArchive(call -> call.association().abort())) {
            assertThatThrownBy(() -> scu.move(archive.remote(), "NODE", STUDY))
                    .isInstanceOf(TemporaryException.class)
                    .hasMessageContaining("the association broke before the last response");
        }
    }

    @Test
    void theIdentifierHoldsUniqueKeysOnly() {
        Attributes identifier = Retrieval.instances("1.2", "1.2.3", List.of("1.2.3.4", "1.2.3.5"))
                .identifier();
        assertThat(identifier.getString(Tag.QueryRetrieveLevel)).isEqualTo("IMAGE");
        assertThat(identifier.getStrings(Tag.SOPInstanceUID)).containsExactly("1.2.3.4", "1.2.3.5");
        assertThat(identifier.size()).isEqualTo(4);
    }

    @Test
    void whatIsNoUidIsNotFetched() {
        assertThatThrownBy(() -> Retrieval.study("1.2*")).hasMessage("Study Instance UID \"1.2*\" is not a UID");
    }
}
