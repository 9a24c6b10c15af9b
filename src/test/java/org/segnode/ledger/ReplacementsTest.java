package org.segnode.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** A later revision of a series, computed by the same rule, takes the place of the earlier one where it has arrived. */
class ReplacementsTest extends LedgerTestBase {
    private static final String CLASS = "1.2.840.10008.5.1.4.1.1.66.4";

    /** The series comes (again), and its result waits for the destinations. */
    private Job computed(String uid, String... destinations) {
        queued(KEY, "m", destinations);
        Job job = claimed();
        StoredResult result = new StoredResult(uid + ".dcm", CLASS, uid);
        ledger.jobs().complete(job, List.of(new AddressedResult(result, List.of(destinations))));
        return job;
    }

    private void deliver(String destination) {
        Delivery delivery = ledger.deliveries().claimDueTo(destination, 1).get(0);
        ledger.deliveries().noteSeries(delivery, "1.5." + delivery.jobId());
        assertThat(ledger.deliveries().accepted(delivery)).isTrue();
    }

    @Test
    void theEarlierResultIsReplacedWhenTheNewOneHasArrivedAndNotBefore() {
        Job old = computed("1.1", "pacs", "viewer");
        deliver("pacs");
        deliver("viewer");
        Job newer = computed("1.2", "pacs", "viewer");
        assertThat(ledger.replacements().next("pacs")).isEmpty();

        deliver("pacs");

        assertThat(ledger.replacements().next("pacs")).singleElement().satisfies(replaced -> {
            assertThat(replaced.delivery().result().sopInstanceUid()).isEqualTo("1.1");
            assertThat(replaced.seriesInstanceUid()).isEqualTo("1.5." + old.id());
            assertThat(replaced.byJob()).isEqualTo(newer.id());
        });
        assertThat(ledger.replacements().next("viewer"))
                .as("has not got the new one")
                .isEmpty();
    }

    @Test
    void aRejectionIsQueuedOnceAndChangesNothingAboutTheJob() {
        computed("1.1", "pacs");
        deliver("pacs");
        Job newer = computed("1.2", "pacs");
        deliver("pacs");
        List<Replaced> replaced = ledger.replacements().next("pacs");
        StoredResult note = new StoredResult("note.dcm", "1.2.840.10008.5.1.4.1.1.88.59", "1.9");

        ledger.replacements().reject(replaced, note);
        ledger.replacements().reject(replaced, note);

        assertThat(ledger.replacements().next("pacs")).isEmpty();
        Delivery rejection = ledger.deliveries().claimDueTo("pacs", 10).get(0);
        assertThat(rejection.kind()).isEqualTo(DeliveryKind.REJECTION);
        assertThat(rejection.result()).isEqualTo(note);
        assertThat(ledger.deliveries().claimDueTo("pacs", 10)).isEmpty();
        ledger.deliveries().refused(rejection, "no such SOP class");
        assertThat(now(newer).state()).isEqualTo(JobState.COMPLETE);
    }

    @Test
    void theSameObjectNeverReplacesItself() {
        computed("1.1", "pacs");
        deliver("pacs");
        computed("1.1", "pacs");
        deliver("pacs");

        assertThat(ledger.replacements().next("pacs")).isEmpty();
    }

    @Test
    void anEarlierResultThatWasNotSentIsNotSentAnyMore() {
        Job old = computed("1.1", "pacs");
        Delivery failed = ledger.deliveries().claimDueTo("pacs", 1).get(0);
        ledger.deliveries().retry(failed, "connection refused");
        Job newer = computed("1.2", "pacs");

        deliver("pacs");

        assertThat(ledger.deliveries().ofJob(old.id()).get(0).state()).isEqualTo(DeliveryState.SUPERSEDED);
        assertThat(now(old).state()).isEqualTo(JobState.SUPERSEDED);
        assertThat(now(newer).state()).isEqualTo(JobState.COMPLETE);
        assertThat(ledger.replacements().next("pacs")).isEmpty();
    }

    @Test
    void anEarlierResultThatArrivesLastIsReplacedToo() {
        computed("1.1", "pacs");
        Delivery slow = ledger.deliveries().claimDueTo("pacs", 1).get(0);
        computed("1.2", "pacs");
        deliver("pacs");
        assertThat(ledger.replacements().next("pacs")).isEmpty();

        ledger.deliveries().accepted(slow);

        assertThat(ledger.replacements().next("pacs"))
                .extracting(replaced -> replaced.delivery().id())
                .containsExactly(slow.id());
    }

    @Test
    void aDecidedSeriesIsDecidedAnewForANewerVersionOfAModel() {
        assertThat(ledger.series().again(KEY)).as("not known").isFalse();
        computed("1.1", "pacs");

        assertThat(ledger.series().again(KEY)).isTrue();

        SeriesRow row = ledger.series().find(KEY).orElseThrow();
        assertThat(row.state()).isEqualTo(SeriesState.CLOSED);
        assertThat(row.revision()).isEqualTo(2);
        assertThat(ledger.series().quietStudies()).containsExactly("1.2.3");
        assertThat(ledger.series().again(KEY)).as("waits for its decision").isFalse();
    }

    @Test
    void aNewRevisionWithoutResultReplacesNothing() {
        computed("1.1", "pacs");
        deliver("pacs");
        queued(KEY, "m", "pacs");
        Job refused = claimed();
        ledger.jobs().refuse(refused, "a slice is missing");

        assertThat(ledger.replacements().next("pacs")).isEmpty();
        assertThat(ledger.refusedSeries().due(10))
                .extracting(SeriesRow::seriesKey)
                .containsExactly(KEY);
    }
}
