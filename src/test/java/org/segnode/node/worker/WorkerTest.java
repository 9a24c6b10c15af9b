package org.segnode.node.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.segnode.TemporaryException;
import org.segnode.UnusableSeriesException;
import org.segnode.ledger.AddressedResult;
import org.segnode.ledger.Job;
import org.segnode.ledger.JobState;
import org.segnode.ledger.Ledger;
import org.segnode.ledger.LedgerConfiguration;
import org.segnode.ledger.NewJob;
import org.segnode.ledger.NewSeries;
import org.segnode.ledger.Outcome;
import org.segnode.ledger.Retries;
import org.segnode.ledger.StoredResult;
import org.segnode.plan.UnusableFileException;

class WorkerTest {
    private static final String KEY = "0123456789abcdef0123456789abcdef";
    private static final StoredResult RESULT = new StoredResult("a/b.dcm", "1.2.840.10008.5.1.4.1.1.66.4", "2.25.1");
    private static final List<AddressedResult> RESULTS = List.of(new AddressedResult(RESULT, List.of()));
    private static final Duration LEASE = Duration.ofMillis(900);

    @TempDir
    Path folder;

    private Ledger ledger;
    private Worker worker;
    private volatile JobComputation computation = (job, progress) -> RESULTS;
    private final CountDownLatch stopped = new CountDownLatch(1);

    @BeforeEach
    void open() {
        ledger = Ledger.open(
                LedgerConfiguration.embedded(folder).withJobs(LEASE, new Retries(2, Duration.ZERO, Duration.ZERO)));
        ledger.series().open(new NewSeries(KEY, "1.2", "1.3", "MR1", "SEGNODE"));
        ledger.series().close(KEY, 1);
        worker = new Worker(
                ledger.jobs(),
                (job, progress) -> computation.compute(job, progress),
                stopped::countDown,
                Duration.ofMillis(20),
                Clock.systemUTC());
    }

    @AfterEach
    void close() {
        worker.close();
        ledger.close();
    }

    private Job queued(String model) {
        NewJob order = new NewJob(KEY, 1, "rule", model, Optional.empty(), List.of(), 0);
        if (!ledger.series().decide(KEY, 1, Outcome.QUEUED, "rule", List.of(order))) {
            ledger.jobs().enqueue(order);
        }
        return ledger.jobs().ofSeries(KEY).stream()
                .filter(job -> job.model().equals(model))
                .findFirst()
                .orElseThrow();
    }

    private void start(JobComputation what) {
        computation = what;
        worker.start();
    }

    private Job after(Job job, JobState state) {
        await().atMost(Duration.ofSeconds(30)).until(() -> now(job).state() == state);
        return now(job);
    }

    private Job now(Job job) {
        return ledger.jobs().find(job.id()).orElseThrow();
    }

    @Test
    void computesWhatIsQueuedAndGoesOnToTheNext() {
        Job first = queued("a");
        Job second = queued("b");
        start((job, progress) -> RESULTS);
        assertThat(after(first, JobState.COMPLETE).result()).contains(RESULT);
        after(second, JobState.COMPLETE);
        await().until(() -> worker.facts().computed() == 2);
        assertThat(worker.facts().running()).isTrue();
        assertThat(worker.facts().lastError()).isEmpty();
    }

    @Test
    void keepsItsLeaseWhileItComputesAndTellsHowFarItIs() {
        Job job = queued("a");
        CountDownLatch finish = new CountDownLatch(1);
        start((running, progress) -> {
            progress.step(3, 8);
            waitFor(finish);
            return RESULTS;
        });
        await().until(() -> worker.facts().done() == 3);
        assertThat(worker.facts().total()).isEqualTo(8);
        assertThat(worker.facts().job()).map(Job::id).contains(job.id());
        await().pollDelay(LEASE.multipliedBy(2)).until(() -> true);
        assertThat(ledger.jobs().returnExpired()).as("the lease was renewed").isZero();
        finish.countDown();
        assertThat(after(job, JobState.COMPLETE).attempt()).isEqualTo(1);
    }

    @Test
    void stopsComputingWhenTheLeaseIsLost() {
        Job job = queued("a");
        start((running, progress) -> {
            ledger.jobs().fail(running, "taken away");
            waitFor(stopped);
            throw new TemporaryException("stopped from outside");
        });
        assertThat(after(job, JobState.FAILED).reason()).isEqualTo("taken away");
        await().until(() -> worker.facts().failures() == 1);
        assertThat(worker.facts().lastError().orElseThrow()).endsWith("its lease was lost");
    }

    @Test
    void triesAgainWhenTheSurroundingsFailAndGivesUpAtLast() {
        AtomicInteger attempts = new AtomicInteger();
        Job job = queued("a");
        start((running, progress) -> {
            attempts.incrementAndGet();
            throw new TemporaryException("the process was ended by signal 6 (SIGABRT)");
        });
        assertThat(after(job, JobState.FAILED).reason())
                .isEqualTo("the process was ended by signal 6 (SIGABRT) (attempt 2, the last)");
        assertThat(attempts).hasValue(2);
        assertThat(worker.facts().failures()).isEqualTo(2);
        assertThat(worker.facts().lastError().orElseThrow()).contains("SIGABRT");
        assertThat(worker.facts().lastErrorAt()).isPresent();
    }

    @Test
    void triesAgainWhenAFileCannotBeReadNow() {
        AtomicInteger attempts = new AtomicInteger();
        Job job = queued("a");
        start((running, progress) -> {
            if (attempts.incrementAndGet() == 1) {
                throw new IOException("disk");
            }
            return RESULTS;
        });
        assertThat(after(job, JobState.COMPLETE).attempt()).isEqualTo(2);
    }

    @Test
    void doesNotTryAgainWhatCannotBeUsed() {
        Job job = queued("a");
        start((running, progress) -> {
            throw new UnusableSeriesException("slices 3 and 4 are 7.5 mm apart");
        });
        assertThat(after(job, JobState.FAILED).reason()).isEqualTo("slices 3 and 4 are 7.5 mm apart");
        assertThat(now(job).attempt()).isEqualTo(1);
        assertThat(ledger.series().find(KEY).orElseThrow().outcome()).contains(Outcome.REFUSED);
    }

    @Test
    void waitsForAPersonWhenTheModelCannotBeUsed() {
        Job job = queued("a");
        start((running, progress) -> {
            throw new UnusableFileException("there is no model a");
        });
        assertThat(after(job, JobState.FAILED).reason()).isEqualTo("there is no model a");
        assertThat(ledger.series().find(KEY).orElseThrow().outcome()).contains(Outcome.QUEUED);
        assertThat(ledger.jobs().requeue(job.id())).isTrue();
    }

    @Test
    void goesOnAfterAMistakeOfTheProgram() {
        Job broken = queued("broken");
        Job good = queued("good");
        start((running, progress) -> {
            if (running.model().equals("broken")) {
                throw new IllegalStateException("index 4 of 3");
            }
            return RESULTS;
        });
        assertThat(after(broken, JobState.FAILED).reason())
                .isEqualTo("a mistake of the program: java.lang.IllegalStateException: index 4 of 3");
        after(good, JobState.COMPLETE);
    }

    @Test
    void givesItsJobBackWhenItStops() {
        Job job = queued("a");
        start((running, progress) -> {
            waitFor(stopped);
            throw new TemporaryException("the process was stopped");
        });
        await().until(() -> now(job).state() == JobState.RUNNING);
        worker.close();
        assertThat(now(job).state()).isEqualTo(JobState.READY);
        assertThat(now(job).attempt()).isZero();
        assertThat(worker.facts().running()).isFalse();
    }

    @Test
    void isStartedOnce() {
        start((running, progress) -> RESULTS);
        assertThatThrownBy(worker::start).hasMessage("the worker is started once");
    }

    private static void waitFor(CountDownLatch latch) {
        try {
            if (!latch.await(30, TimeUnit.SECONDS)) {
                throw new IllegalStateException("nobody came");
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
