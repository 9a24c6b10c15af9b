package org.segnode.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.segnode.HandClock;
import org.segnode.TemporaryException;
import org.segnode.ledger.Ledger;
import org.segnode.ledger.LedgerConfiguration;
import org.segnode.pacs.Contradiction;
import org.segnode.pacs.ReceivedInstance;
import org.segnode.pacs.ReceptionListener;

/** A long queue closes the door, and a contradiction becomes an incident. */
class ReceptionTest {
    @TempDir
    Path folder;

    private final HandClock clock = new HandClock();
    private Ledger ledger;
    private Optional<Instant> oldest = Optional.empty();
    private Reception reception;

    @BeforeEach
    void open() {
        ledger = Ledger.open(LedgerConfiguration.embedded(folder).withClock(clock));
        reception = new Reception(new Nobody(), ledger.incidents(), () -> oldest, Duration.ofHours(1), clock);
    }

    @AfterEach
    void close() {
        ledger.close();
    }

    private static final class Nobody implements ReceptionListener {
        @Override
        public void received(ReceivedInstance instance) {}

        @Override
        public void associationEnded(long association, boolean released) {}
    }

    @Test
    void aJobThatWaitsTooLongClosesTheDoorUntilItIsTaken() {
        oldest = Optional.of(clock.instant());
        assertThat(reception.congestion()).isEmpty();
        clock.advance(Duration.ofHours(1).plusSeconds(2));
        assertThat(reception.congestion()).contains("a job waits longer than 3600 s for a worker");
        oldest = Optional.empty();
        clock.advance(Duration.ofSeconds(2));
        assertThat(reception.congestion()).isEmpty();
    }

    @Test
    void aQueueThatCannotBeLookedAtClosesTheDoorToo() {
        Reception blind = new Reception(
                new Nobody(),
                ledger.incidents(),
                () -> {
                    throw new TemporaryException("no database");
                },
                Duration.ofHours(1),
                clock);
        assertThat(blind.congestion()).contains("the queue cannot be looked at");
    }

    @Test
    void aContradictionIsAnIncidentOfTheLedger() {
        String key = "a".repeat(32);
        ReceivedInstance first = new ReceivedInstance(
                key, "1.2", "1.2.1", "1.2.1.1", "1.2.840.10008.5.1.4.1.1.2", "CT1", "NODE", 7, false, folder);
        reception.contradicted(new Contradiction(first, folder.resolve("x.contradiction"), "PACS", "(0010,0010)"));
        assertThat(reception.contradictions()).isEqualTo(1);
        assertThat(ledger.incidents().all()).singleElement().satisfies(incident -> {
            assertThat(incident.callingAet()).isEqualTo("PACS");
            assertThat(incident.fileName()).isEqualTo("x.contradiction");
        });
    }
}
