package org.segnode.node;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;
import org.segnode.TemporaryException;
import org.segnode.ledger.Incidents;
import org.segnode.pacs.Contradiction;
import org.segnode.pacs.ReceivedInstance;
import org.segnode.pacs.ReceptionListener;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the node says to the door: what came is the collector's, what contradicts is an incident, and a long queue closes the door. */
final class Reception implements ReceptionListener {
    private static final Logger LOG = LoggerFactory.getLogger(Reception.class);
    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(1);

    private final ReceptionListener collector;
    private final Incidents incidents;
    private final Supplier<Optional<Instant>> oldestWaiting;
    private final Duration longestWait;
    private final Clock clock;
    private final LongAdder contradictions = new LongAdder();
    private Instant looked = Instant.MIN;
    private Optional<String> congestion = Optional.empty();

    /**
     * @param collector told what came
     * @param oldestWaiting since when the oldest job waits for a worker, if one does
     * @param longestWait longer than this, and nothing more is taken in
     */
    Reception(
            ReceptionListener collector,
            Incidents incidents,
            Supplier<Optional<Instant>> oldestWaiting,
            Duration longestWait,
            Clock clock) {
        this.collector = collector;
        this.incidents = incidents;
        this.oldestWaiting = oldestWaiting;
        this.longestWait = longestWait;
        this.clock = clock;
    }

    @Override
    public void received(ReceivedInstance instance) {
        collector.received(instance);
    }

    @Override
    public void contradicted(Contradiction contradiction) {
        contradictions.increment();
        ReceivedInstance first = contradiction.first();
        incidents.note(
                first.seriesKey(),
                first.sopInstanceUid(),
                contradiction.callingAet(),
                contradiction.difference(),
                String.valueOf(contradiction.other().getFileName()));
        LOG.warn(
                "series {}: incident: {} sent another content of instance {}, the first stays in use; they differ in {}",
                first.seriesKey(),
                contradiction.callingAet(),
                first.sopInstanceUid(),
                contradiction.difference());
    }

    /** Looked at once a second at most, however many peers ask. */
    @Override
    public synchronized Optional<String> congestion() {
        Instant now = clock.instant();
        if (now.isAfter(looked.plus(BETWEEN_LOOKS))) {
            looked = now;
            congestion = look(now);
        }
        return congestion;
    }

    private Optional<String> look(Instant now) {
        try {
            return oldestWaiting
                    .get()
                    .filter(oldest -> oldest.plus(longestWait).isBefore(now))
                    .map(oldest -> "a job waits longer than " + longestWait.toSeconds() + " s for a worker");
        } catch (TemporaryException e) {
            LOG.error("the queue cannot be looked at: {}", e.getMessage());
            return Optional.of("the queue cannot be looked at");
        }
    }

    @Override
    public void refused(String callingAet, String reason) {
        collector.refused(callingAet, reason);
    }

    @Override
    public void associationEnded(long association, boolean released) {
        collector.associationEnded(association, released);
    }

    /** Incidents since the start. */
    long contradictions() {
        return contradictions.sum();
    }
}
