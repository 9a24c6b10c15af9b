package org.segnode.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class IncidentsTest extends LedgerTestBase {
    private static final String SERIES = "0".repeat(32);

    @Test
    void theSameContentAgainIsCountedAndAnotherOneIsItsOwn() {
        ledger.incidents().note(SERIES, "1.2.3", "CT1", "(0010,0010)", "a.contradiction");
        clock.advance(Duration.ofSeconds(2));
        ledger.incidents().note(SERIES, "1.2.3", "CT1", "(0010,0010)", "a.contradiction");
        clock.advance(Duration.ofSeconds(2));
        ledger.incidents().note(SERIES, "1.2.3", "PACS", "(7FE0,0010)", "b.contradiction");

        assertThat(ledger.incidents().all())
                .extracting(Incident::fileName, Incident::times)
                .containsExactly(tuple("b.contradiction", 1L), tuple("a.contradiction", 2L));
    }

    @Test
    void outlivesTheNode() {
        ledger.incidents().note(SERIES, "1.2.3", "CT1", "(0010,0010)", "a.contradiction");

        reopenLedger();

        assertThat(ledger.incidents().all()).singleElement().satisfies(incident -> {
            assertThat(incident.seriesKey()).isEqualTo(SERIES);
            assertThat(incident.sopInstanceUid()).isEqualTo("1.2.3");
            assertThat(incident.callingAet()).isEqualTo("CT1");
            assertThat(incident.difference()).isEqualTo("(0010,0010)");
        });
    }
}
