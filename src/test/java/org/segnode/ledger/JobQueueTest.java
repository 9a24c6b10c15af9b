package org.segnode.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class JobQueueTest extends LedgerTestBase {
    @Test
    void givesNothingWhenThereIsNothing() {
        assertThat(ledger.jobs().claim("worker")).isEmpty();
    }

    @Test
    void queuesAJobOncePerSeriesRevisionRuleAndModel() {
        queued(KEY, "m");
        Job first = ledger.jobs().ofSeries(KEY).get(0);
        assertThat(ledger.jobs().enqueue(order(KEY, 1, "m")).id()).isEqualTo(first.id());
        assertThat(ledger.jobs().enqueue(order(KEY, 1, "other")).id()).isNotEqualTo(first.id());
        assertThat(ledger.jobs().ofSeries(KEY)).hasSize(2);
    }

    @Test
    void keepsTheWholeOrder() {
        ledger.series().open(series(KEY));
        NewJob order = new NewJob(KEY, 1, "r", "fine", Optional.of(new Crop("coarse", 12.5)), List.of("a", "b"), 7);
        ledger.jobs().enqueue(order);
        assertThat(claimed().order()).isEqualTo(order);
    }

    @Test
    void refusesAJobOfASeriesItDoesNotKnow() {
        assertThatThrownBy(() -> ledger.jobs().enqueue(order(KEY, 1, "m")))
                .hasMessageContaining("the ledger does not answer");
    }

    @Test
    void takesTheHighestPriorityFirstThenTheOldest() {
        ledger.series().open(series(KEY));
        ledger.jobs().enqueue(order(KEY, 1, "first"));
        ledger.jobs().enqueue(order(KEY, 1, "second"));
        ledger.jobs().enqueue(new NewJob(KEY, 1, "rule", "urgent", Optional.empty(), List.of(), 5));
        assertThat(List.of(claimed().model(), claimed().model(), claimed().model()))
                .containsExactly("urgent", "first", "second");
    }

    @Test
    void givesEachJobToOneOfManyWorkers() throws Exception {
        ledger.series().open(series(KEY));
        for (int i = 0; i < 200; i++) {
            ledger.jobs().enqueue(order(KEY, 1, "m" + i));
        }
        ExecutorService threads = Executors.newFixedThreadPool(8);
        List<Future<List<Long>>> workers = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            String owner = "worker-" + i;
            workers.add(threads.submit(workUntilEmpty(owner)));
        }
        List<Long> taken = new ArrayList<>();
        for (Future<List<Long>> worker : workers) {
            taken.addAll(worker.get());
        }
        threads.shutdown();
        assertThat(taken).hasSize(200).doesNotHaveDuplicates();
        assertThat(ledger.jobs().counts()).containsEntry(JobState.COMPLETE, 200L);
    }

    private Callable<List<Long>> workUntilEmpty(String owner) {
        return () -> {
            List<Long> mine = new ArrayList<>();
            Optional<Job> job = ledger.jobs().claim(owner);
            while (job.isPresent()) {
                mine.add(job.get().id());
                assertThat(ledger.jobs().complete(job.get(), RESULT)).isEqualTo(Completion.TAKEN);
                job = ledger.jobs().claim(owner);
            }
            return mine;
        };
    }

    @Test
    void takesAJobUpAgainWhenItsLeaseHasEnded() {
        queued(KEY, "m");
        Job first = claimed();
        clock.advance(Duration.ofSeconds(60));
        assertThat(ledger.jobs().returnExpired()).isZero();
        clock.advance(Duration.ofMillis(1));
        assertThat(ledger.jobs().returnExpired()).isEqualTo(1);
        assertThat(now(first).reason()).isEqualTo("the worker was silent for more than 60 s");
        assertThat(ledger.jobs().claim("worker")).as("the pause is not over").isEmpty();
        clock.advance(Duration.ofSeconds(10));
        assertThat(claimed().attempt()).isEqualTo(2);
    }

    @Test
    void keepsAJobWhoseLeaseIsRenewed() {
        queued(KEY, "m");
        Job job = claimed();
        clock.advance(Duration.ofSeconds(59));
        assertThat(ledger.jobs().renew(job)).isTrue();
        clock.advance(Duration.ofSeconds(59));
        assertThat(ledger.jobs().returnExpired()).isZero();
    }

    @Test
    void ignoresWhatAnEarlierAttemptReports() {
        queued(KEY, "m", "pacs");
        Job lost = claimed();
        clock.advance(Duration.ofMinutes(2));
        ledger.jobs().returnExpired();
        clock.advance(Duration.ofSeconds(10));
        Job current = claimed();
        assertThat(ledger.jobs().renew(lost)).isFalse();
        assertThat(ledger.jobs().complete(lost, RESULT)).isEqualTo(Completion.LEASE_LOST);
        assertThat(ledger.jobs().retry(lost, "x")).isFalse();
        assertThat(ledger.jobs().fail(lost, "x")).isFalse();
        assertThat(ledger.jobs().refuse(lost, "x")).isFalse();
        assertThat(ledger.jobs().release(lost)).isFalse();
        assertThat(ledger.deliveries().ofJob(lost.id())).isEmpty();
        assertThat(ledger.jobs().complete(current, RESULT)).isEqualTo(Completion.TAKEN);
    }

    @Test
    void ignoresWhatAnotherWorkerReports() {
        queued(KEY, "m");
        Job job = claimed();
        Job forged = new Job(
                job.id(),
                job.order(),
                job.state(),
                job.attempt(),
                "somebody else",
                job.due(),
                job.created(),
                job.changed(),
                job.reason(),
                job.result());
        assertThat(ledger.jobs().complete(forged, RESULT)).isEqualTo(Completion.LEASE_LOST);
        assertThat(now(job).state()).isEqualTo(JobState.RUNNING);
    }

    @Test
    void pausesLongerAfterEachFailureAndThenGivesUpWithTheReason() {
        queued(KEY, "m");
        Job job = claimed();
        assertThat(ledger.jobs().retry(job, "first")).isTrue();
        assertThat(now(job).due()).isEqualTo(clock.instant().plusSeconds(10));
        clock.advance(Duration.ofSeconds(10));
        ledger.jobs().retry(claimed(), "second");
        assertThat(now(job).due()).isEqualTo(clock.instant().plusSeconds(15));
        clock.advance(Duration.ofSeconds(15));
        ledger.jobs().retry(claimed(), "third");
        assertThat(now(job).state()).isEqualTo(JobState.FAILED);
        assertThat(now(job).reason()).isEqualTo("third (attempt 3, the last)");
        assertThat(ledger.jobs().in(JobState.FAILED, 10)).hasSize(1);
    }

    @Test
    void givesAFailedJobAllItsAttemptsAgainWhenAskedTo() {
        queued(KEY, "m");
        Job job = claimed();
        assertThat(ledger.jobs().requeue(job.id())).as("it is running").isFalse();
        ledger.jobs().fail(job, "broken");
        assertThat(ledger.jobs().requeue(job.id())).isTrue();
        assertThat(claimed().attempt()).isEqualTo(1);
        assertThat(ledger.jobs().requeue(4711)).isFalse();
    }

    @Test
    void doesNotCountAnAttemptThatIsGivenBack() {
        queued(KEY, "m");
        ledger.jobs().release(claimed());
        assertThat(claimed().attempt()).isEqualTo(1);
    }

    @Test
    void givesTheSeriesTheReasonWhenNoJobCouldUseIt() {
        queued(KEY, "m");
        ledger.jobs().enqueue(order(KEY, 1, "other"));
        Job first = claimed();
        Job second = claimed();
        ledger.jobs().refuse(first, "too small");
        assertThat(ledger.series().find(KEY).orElseThrow().outcome()).contains(Outcome.QUEUED);
        ledger.jobs().refuse(second, "still too small");
        SeriesRow row = ledger.series().find(KEY).orElseThrow();
        assertThat(row.outcome()).contains(Outcome.REFUSED);
        assertThat(row.reason()).isEqualTo("still too small");
        assertThat(now(second).state()).isEqualTo(JobState.FAILED);
    }

    @Test
    void supersedesWhatNobodyHasBegunWhenTheSeriesIsOpenedAgain() {
        queued(KEY, "m");
        ledger.series().open(series(KEY));
        Job job = ledger.jobs().ofSeries(KEY).get(0);
        assertThat(job.state()).isEqualTo(JobState.SUPERSEDED);
        assertThat(job.reason()).contains("revision 2 takes its place");
        assertThat(ledger.jobs().claim("worker")).isEmpty();
    }

    @Test
    void doesNotSendTheResultOfAnEarlierRevision() {
        queued(KEY, "m", "pacs");
        Job job = claimed();
        ledger.series().open(series(KEY));
        assertThat(ledger.jobs().complete(job, RESULT)).isEqualTo(Completion.SUPERSEDED);
        assertThat(ledger.deliveries().ofJob(job.id())).isEmpty();
        assertThat(now(job).result()).contains(RESULT);
    }

    @Test
    void isCompleteAtOnceWithoutDestinations() {
        queued(KEY, "m");
        Job job = claimed();
        ledger.jobs().complete(job, RESULT);
        assertThat(now(job).state()).isEqualTo(JobState.COMPLETE);
    }

    @Test
    void takesUpWhatADeadProcessLeftRunningAndCountsTheAttempt() {
        queued(KEY, "m");
        Job job = claimed();
        reopenLedger();
        assertThat(now(job).state()).isEqualTo(JobState.READY);
        assertThat(now(job).reason()).isEqualTo("the node stopped while it computed");
        clock.advance(Duration.ofSeconds(10));
        assertThat(claimed().attempt()).isEqualTo(2);
    }

    @Test
    void saysHowFarTheWorkerIsBehind() {
        assertThat(ledger.jobs().oldestWaiting()).isEmpty();
        queued(KEY, "m");
        assertThat(ledger.jobs().oldestWaiting()).contains(clock.instant());
    }

    @Test
    void cutsAReasonThatIsLongerThanItsColumn() {
        queued(KEY, "m");
        Job job = claimed();
        ledger.jobs().fail(job, "x".repeat(5000));
        assertThat(now(job).reason()).hasSize(2000).endsWith("x…");
    }
}
