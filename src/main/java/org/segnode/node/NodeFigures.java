package org.segnode.node;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import org.segnode.ledger.ClosingRule;
import org.segnode.ledger.DeliveryState;
import org.segnode.ledger.JobState;
import org.segnode.ledger.Ledger;
import org.segnode.ledger.Outcome;
import org.segnode.node.settings.DataSettings;
import org.segnode.node.web.NodeMetrics;
import org.segnode.node.worker.Worker;

/** What {@code /metrics} shows of the node. */
final class NodeFigures {
    private NodeFigures() {}

    static void show(
            NodeMetrics metrics,
            DataSettings data,
            Ledger ledger,
            SeriesCollector collector,
            Reception reception,
            Worker worker,
            LongAdder deadLetters,
            Clock clock) {
        metrics.counter("objects.received", "objects answered with success", collector::receivedObjects);
        metrics.counter(
                "incidents", "objects that contradicted an earlier one since the start", reception::contradictions);
        metrics.gauge("series.open", "series that objects are awaited of", collector::openSeries);
        metrics.states("series", "series by what became of them", List.of(Outcome.values()), ledger.series()::outcomes);
        metrics.states(
                "series.closed",
                "series by the proof that they are complete",
                List.of(ClosingRule.values()),
                ledger.series()::closings);
        metrics.gauge(
                "queue.depth",
                "jobs that wait for a worker",
                () -> ledger.jobs().counts().getOrDefault(JobState.READY, 0L));
        metrics.gauge(
                "queue.age.seconds",
                "how long the oldest waiting job waits",
                () -> ledger.jobs()
                        .oldestWaiting()
                        .map(oldest -> Duration.between(oldest, clock.instant()).toMillis() / 1000.0)
                        .orElse(0.0));
        metrics.states("jobs", "jobs by state", List.of(JobState.values()), ledger.jobs()::counts);
        metrics.states(
                "deliveries", "deliveries by state", List.of(DeliveryState.values()), ledger.deliveries()::counts);
        metrics.gauge(
                "destinations.troubled",
                "destinations that are suspended or cannot be reached",
                () -> ledger.destinations().all().stream()
                        .filter(one -> one.suspended() || one.failures() > 0)
                        .count());
        metrics.counter(
                "jobs.computed",
                "results made since the start",
                () -> worker.facts().computed());
        metrics.counter(
                "attempts.failed",
                "attempts without a result since the start",
                () -> worker.facts().failures());
        metrics.counter("dead.letters", "given up since the start", deadLetters::sum);
        metrics.gauge(
                "disk.free.bytes",
                "free space of the data folder",
                () -> data.folder().toFile().getUsableSpace());
    }
}
