package org.segnode.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** One destination's troubles are its own. */
class DestinationsTest extends LedgerTestBase {
    @Override
    LedgerConfiguration configuration() {
        return super.configuration()
                .withDestinations(Map.of("slow", new Retries(5, Duration.ofMinutes(1), Duration.ofMinutes(2))));
    }

    private void queueFor(String... destinations) {
        queued(KEY, "m", destinations);
        Job job = claimed();
        ledger.jobs().complete(job, List.of(new AddressedResult(RESULT, List.of(destinations))));
    }

    @Test
    void nothingIsKnownOfADestinationThatNothingWasTheMatterWith() {
        ledger.destinations().reached("pacs");

        assertThat(ledger.destinations().status("pacs")).isEmpty();
        assertThat(ledger.destinations().mayBeSentTo("pacs")).isTrue();
    }

    @Test
    void aSuspendedDestinationGetsNothingUntilItIsResumedAlsoAfterARestart() {
        queueFor("pacs", "viewer");
        ledger.destinations().suspend("pacs", "maintenance");
        reopenLedger();

        assertThat(ledger.deliveries().claimDueTo("pacs", 10)).isEmpty();
        assertThat(ledger.deliveries().claimDueTo("viewer", 10)).hasSize(1);
        assertThat(ledger.destinations().all())
                .singleElement()
                .satisfies(status -> assertThat(status.reason()).isEqualTo("maintenance"));

        ledger.destinations().resume("pacs");
        assertThat(ledger.deliveries().claimDueTo("pacs", 10)).hasSize(1);
    }

    @Test
    void pausesGrowToTheDestinationsOwnCeilingAndEndWhenItAnswers() {
        for (int minutes : new int[] {1, 2, 2}) {
            ledger.destinations().unreachable("slow", "connection refused");
            assertThat(ledger.destinations().status("slow").orElseThrow().notBefore())
                    .contains(clock.instant().plus(Duration.ofMinutes(minutes)));
        }
        assertThat(ledger.destinations().mayBeSentTo("slow")).isFalse();

        ledger.destinations().reached("slow");

        assertThat(ledger.destinations().mayBeSentTo("slow")).isTrue();
        assertThat(ledger.destinations().status("slow").orElseThrow().failures())
                .isZero();
        assertThat(ledger.destinations().status("slow").orElseThrow().reason()).isEmpty();
    }

    @Test
    void aDeliveryThatWasNotTriedDoesNotCountAsAnAttempt() {
        queueFor("pacs");
        Delivery claimed = ledger.deliveries().claimDueTo("pacs", 1).get(0);

        ledger.deliveries().putBack(claimed);

        assertThat(ledger.deliveries().claimDueTo("pacs", 1).get(0).attempt()).isEqualTo(1);
    }

    @Test
    void aHeldDeliveryWaitsForAPersonAndKeepsItsJobWaiting() {
        queueFor("pacs");
        Delivery claimed = ledger.deliveries().claimDueTo("pacs", 1).get(0);

        ledger.deliveries().held(claimed, "patient merged");

        assertThat(ledger.deliveries().in(DeliveryState.HELD))
                .extracting(Delivery::reason)
                .containsExactly("patient merged");
        assertThat(ledger.jobs().counts()).containsEntry(JobState.SEGMENTED, 1L);
        assertThat(ledger.deliveries().requeue(claimed.id())).isTrue();
        assertThat(ledger.deliveries().claimDueTo("pacs", 1)).hasSize(1);
    }

    @Test
    void aRefusedSeriesIsToldOnceAndBelongsToNoJob() {
        SeriesRow row = ledger.series().open(series(KEY));
        ledger.series().close(KEY, 3);
        ledger.series().decide(KEY, row.revision(), Outcome.REFUSED, "slices 3 to 5 are missing", List.of());
        SeriesRow due = ledger.refusedSeries().due(10).get(0);

        assertThat(ledger.refusedSeries().told(due, Map.of("pacs", List.of(RESULT))))
                .isTrue();

        assertThat(ledger.refusedSeries().told(due, Map.of("pacs", List.of(RESULT))))
                .isFalse();
        assertThat(ledger.refusedSeries().due(10)).isEmpty();
        Delivery refusal = ledger.deliveries().claimDueTo("pacs", 10).get(0);
        assertThat(refusal.kind()).isEqualTo(DeliveryKind.REFUSAL);
        assertThat(refusal).hasToString("delivery " + refusal.id() + " (refusal) of series " + KEY + " to pacs");
        assertThat(ledger.deliveries().accepted(refusal)).isTrue();
        assertThat(ledger.deliveries().ofSeries(KEY))
                .extracting(Delivery::state)
                .containsExactly(DeliveryState.ACCEPTED);
    }
}
