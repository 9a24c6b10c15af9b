package org.segnode.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class RefusalsTest extends LedgerTestBase {
    @Test
    void countsWhatIsRefusedAgain() {
        ledger.refusals().note("MR1", "no storage SOP class: 1.2.3");
        clock.advance(Duration.ofMinutes(5));
        ledger.refusals().note("MR1", "no storage SOP class: 1.2.3");

        assertThat(ledger.refusals().all()).singleElement().satisfies(refusal -> {
            assertThat(refusal.times()).isEqualTo(2);
            assertThat(Duration.between(refusal.firstSeen(), refusal.lastSeen()))
                    .isEqualTo(Duration.ofMinutes(5));
        });
    }

    @Test
    void keepsSendersAndReasonsApartAndShowsTheLatestFirst() {
        ledger.refusals().note("MR1", "no storage SOP class: 1.2.3");
        clock.advance(Duration.ofSeconds(1));
        ledger.refusals().note("MR2", "no storage SOP class: 1.2.3");
        clock.advance(Duration.ofSeconds(1));
        ledger.refusals().note("MR1", "transfer syntax not supported: 1.2.4 of 1.2.5");

        assertThat(ledger.refusals().all())
                .extracting(Refusal::callingAet, Refusal::reason)
                .containsExactly(
                        tuple("MR1", "transfer syntax not supported: 1.2.4 of 1.2.5"),
                        tuple("MR2", "no storage SOP class: 1.2.3"),
                        tuple("MR1", "no storage SOP class: 1.2.3"));
    }

    @Test
    void outlivesTheNode() {
        ledger.refusals().note("MR1", "no room on the disk");

        reopenLedger();

        assertThat(ledger.refusals().all()).extracting(Refusal::reason).containsExactly("no room on the disk");
    }

    @Test
    void cutsAReasonThatIsLongerThanItsColumn() {
        ledger.refusals().note("MR1", "x".repeat(5000));

        assertThat(ledger.refusals().all().get(0).reason()).hasSize(2000).endsWith("…");
    }
}
