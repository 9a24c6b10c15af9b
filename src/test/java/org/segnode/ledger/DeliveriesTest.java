package org.segnode.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class DeliveriesTest extends LedgerTestBase {
    private Job segmented(String... destinations) {
        queued(KEY, "m", destinations);
        Job job = claimed();
        ledger.jobs().complete(job, RESULT);
        return now(job);
    }

    private Delivery due() {
        return ledger.deliveries().claimDue(1).get(0);
    }

    @Test
    void sendsAResultToEachDestination() {
        Job job = segmented("pacs", "viewer");
        assertThat(job.state()).isEqualTo(JobState.SEGMENTED);
        List<Delivery> due = ledger.deliveries().claimDue(10);
        assertThat(due).extracting(Delivery::destination).containsExactly("pacs", "viewer");
        assertThat(due).extracting(Delivery::result).containsOnly(RESULT);
        assertThat(ledger.deliveries().claimDue(10)).as("both are being sent").isEmpty();
    }

    @Test
    void completesTheJobWithTheLastAcceptedDelivery() {
        Job job = segmented("pacs", "viewer");
        assertThat(ledger.deliveries().accepted(due())).isTrue();
        assertThat(now(job).state()).isEqualTo(JobState.SEGMENTED);
        Delivery last = due();
        ledger.deliveries().accepted(last);
        assertThat(now(job).state()).isEqualTo(JobState.COMPLETE);
        assertThat(ledger.deliveries().accepted(last)).as("twice").isFalse();
        assertThat(ledger.deliveries().counts()).containsEntry(DeliveryState.ACCEPTED, 2L);
    }

    @Test
    void completesTheJobWhenTheLastTwoAreAcceptedAtOnce() throws Exception {
        Job job = segmented("a", "b", "c", "d", "e", "f", "g", "h");
        ExecutorService threads = Executors.newFixedThreadPool(8);
        List<Future<Boolean>> answers = new ArrayList<>();
        for (Delivery delivery : ledger.deliveries().claimDue(8)) {
            answers.add(threads.submit(() -> ledger.deliveries().accepted(delivery)));
        }
        for (Future<Boolean> answer : answers) {
            assertThat(answer.get()).isTrue();
        }
        threads.shutdown();
        assertThat(now(job).state()).isEqualTo(JobState.COMPLETE);
    }

    @Test
    void triesAgainAfterAGrowingPauseAndThenGivesUpWithTheReason() {
        Job job = segmented("pacs");
        Delivery first = due();
        ledger.deliveries().retry(first, "connection refused");
        assertThat(ledger.deliveries().claimDue(1)).as("the pause is not over").isEmpty();
        clock.advance(Duration.ofSeconds(10));
        Delivery second = due();
        assertThat(second.attempt()).isEqualTo(2);
        assertThat(ledger.deliveries().retry(first, "late"))
                .as("the first attempt is over")
                .isFalse();
        ledger.deliveries().retry(second, "connection refused");
        Delivery dead = ledger.deliveries().find(second.id()).orElseThrow();
        assertThat(dead.state()).isEqualTo(DeliveryState.FAILED);
        assertThat(dead.reason()).isEqualTo("connection refused (attempt 2, the last)");
        assertThat(now(job).state()).isEqualTo(JobState.FAILED);
        assertThat(now(job).reason()).isEqualTo("not delivered to pacs: connection refused (attempt 2, the last)");
    }

    @Test
    void keepsTheJobGoingWhileAnotherDestinationIsStillToAnswer() {
        Job job = segmented("pacs", "viewer");
        ledger.deliveries().refused(due(), "status A900");
        assertThat(now(job).state()).isEqualTo(JobState.SEGMENTED);
        ledger.deliveries().accepted(due());
        assertThat(now(job).state()).isEqualTo(JobState.FAILED);
        assertThat(now(job).reason()).isEqualTo("not delivered to pacs: status A900");
    }

    @Test
    void sendsAFailedDeliveryAgainWhenAskedTo() {
        Job job = segmented("pacs");
        Delivery delivery = due();
        assertThat(ledger.deliveries().requeue(delivery.id())).as("being sent").isFalse();
        ledger.deliveries().refused(delivery, "status A900");
        assertThat(ledger.jobs().requeue(job.id())).as("computed already").isFalse();
        assertThat(ledger.deliveries().requeue(delivery.id())).isTrue();
        assertThat(now(job).state()).isEqualTo(JobState.SEGMENTED);
        ledger.deliveries().accepted(due());
        assertThat(now(job).state()).isEqualTo(JobState.COMPLETE);
        assertThat(ledger.deliveries().requeue(4711)).isFalse();
    }

    @Test
    void takesUpADeliveryThatNeverGotAnAnswer() {
        segmented("pacs");
        Delivery lost = due();
        clock.advance(Duration.ofMinutes(11));
        assertThat(ledger.deliveries().returnExpired()).isEqualTo(1);
        clock.advance(Duration.ofSeconds(10));
        assertThat(due().attempt()).isEqualTo(2);
        assertThat(ledger.deliveries().accepted(lost)).isFalse();
    }

    @Test
    void takesUpWhatADeadProcessWasSending() {
        segmented("pacs");
        Delivery lost = due();
        reopenLedger();
        clock.advance(Duration.ofSeconds(10));
        Delivery again = due();
        assertThat(again.id()).isEqualTo(lost.id());
        assertThat(again.reason()).isEqualTo("the node stopped while it was sent");
    }
}
