package org.segnode.cli.demo;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.segnode.cli.terminal.CommandFailure;
import org.segnode.inference.Progress;
import org.segnode.ledger.Job;
import org.segnode.ledger.JobState;
import org.segnode.ledger.Ledger;
import org.segnode.ledger.Outcome;
import org.segnode.ledger.SeriesRow;
import org.segnode.ledger.SeriesState;

/** Looks in the node's ledger how far the demo's series are: closed, decided, computed, delivered. */
final class DemoProgress {
    private static final int STEPS = 4;
    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final Duration PAUSE = Duration.ofMillis(100);

    private final Ledger ledger;
    private final List<DemoCase> cases;

    DemoProgress(Ledger ledger, List<DemoCase> cases) {
        this.ledger = ledger;
        this.cases = cases;
    }

    /**
     * Returns when the destination has a result for each case and the node knows it.
     *
     * @throws CommandFailure if the node gives a series up, with its reason, or takes longer than five minutes
     */
    void awaitAll(DemoDestination destination, Progress progress) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        int done = 0;
        while (done < cases.size() * STEPS) {
            if (System.nanoTime() > end) {
                throw new CommandFailure("no result after " + PATIENCE.toMinutes() + " minutes, " + done + " of "
                        + cases.size() * STEPS + " steps are done");
            }
            pause();
            done = cases.stream().mapToInt(sample -> steps(sample, destination)).sum();
            progress.step(done, cases.size() * STEPS);
        }
    }

    /** Steps that a case has behind it, of {@link #STEPS}. */
    private int steps(DemoCase sample, DemoDestination destination) {
        SeriesRow row = ledger.series().find(sample.seriesKey()).orElse(null);
        if (row == null || row.state() == SeriesState.OPEN) {
            return 0;
        }
        if (row.state() == SeriesState.CLOSED) {
            return 1;
        }
        if (!row.outcome().equals(Optional.of(Outcome.QUEUED))) {
            throw new CommandFailure(sample.name() + " gets no result: " + row.reason());
        }
        Job job = ledger.jobs().ofSeries(sample.seriesKey()).get(0);
        if (job.state() == JobState.FAILED) {
            throw new CommandFailure(sample.name() + " gets no result: " + job.reason());
        }
        boolean delivered = job.state() == JobState.COMPLETE
                && destination.result(sample.studyInstanceUid()).isPresent();
        return delivered ? STEPS : job.state() == JobState.SEGMENTED ? STEPS - 1 : STEPS - 2;
    }

    private static void pause() {
        try {
            Thread.sleep(PAUSE.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CommandFailure("interrupted while waiting for the results", e);
        }
    }
}
