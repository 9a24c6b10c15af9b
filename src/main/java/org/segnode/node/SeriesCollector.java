package org.segnode.node;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import org.segnode.TemporaryException;
import org.segnode.ledger.NewSeries;
import org.segnode.ledger.Refusals;
import org.segnode.ledger.SeriesLedger;
import org.segnode.ledger.SeriesRow;
import org.segnode.ledger.SeriesState;
import org.segnode.pacs.ReceivedInstance;
import org.segnode.pacs.ReceptionListener;
import org.segnode.pacs.Spool;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Knows which series are coming in. A series is closed when every association that brought something of it has ended and
 * nothing has come for the quiet time; whatever comes later opens it again. The row in the database is written before the
 * first object of a series is answered with success.
 */
public final class SeriesCollector implements ReceptionListener {
    private static final Logger LOG = LoggerFactory.getLogger(SeriesCollector.class);

    /** Association number of objects that nobody is bringing now. */
    private static final long FOUND_AT_START = 0;

    private final SeriesLedger ledger;
    private final Refusals refusals;
    private final Spool spool;
    private final Duration quietTime;
    private final Clock clock;
    private final Map<String, OpenSeries> open = new ConcurrentHashMap<>();
    private final LongAdder received = new LongAdder();

    SeriesCollector(SeriesLedger ledger, Refusals refusals, Spool spool, Duration quietTime, Clock clock) {
        this.ledger = ledger;
        this.refusals = refusals;
        this.spool = spool;
        this.quietTime = quietTime;
        this.clock = clock;
    }

    /** To be called before the first association: what lies in the spool and was not closed is open again. */
    public void recover() {
        for (SeriesRow row : ledger.in(SeriesState.OPEN)) {
            open.put(row.seriesKey(), new OpenSeries(clock.instant()));
        }
        for (String key : spool.seriesKeys()) {
            int known = ledger.find(key).map(SeriesRow::instances).orElse(0);
            if (!open.containsKey(key) && spool.files(key).size() != known) {
                reopen(key);
            }
        }
        open.forEach((key, series) -> LOG.info("series {}: open again after the start", key));
    }

    private void reopen(String key) {
        for (Path file : spool.files(key)) {
            try {
                ReceivedInstance instance = spool.describe(file);
                ledger.open(asNew(instance));
                open.put(key, new OpenSeries(clock.instant()));
                return;
            } catch (TemporaryException e) {
                LOG.error("series {}: {}", key, e.getMessage());
            }
        }
    }

    @Override
    public void received(ReceivedInstance instance) {
        received.increment();
        open.compute(instance.seriesKey(), (key, known) -> {
            if (known == null && !instance.changed() && ledger.find(key).isPresent()) {
                return null; // the very same object again, of a series that is closed
            }
            Instant now = clock.instant();
            OpenSeries series = known;
            if (series == null) {
                ledger.open(asNew(instance));
                LOG.info(
                        "series {}: open, series UID {}, sent by {}",
                        key,
                        instance.seriesInstanceUid(),
                        instance.callingAet());
                series = new OpenSeries(now);
            }
            series.cameBy(instance.association(), now);
            return series;
        });
    }

    @Override
    public void refused(String callingAet, String reason) {
        refusals.note(callingAet, reason);
    }

    @Override
    public void associationEnded(long association) {
        for (String key : open.keySet()) {
            open.computeIfPresent(key, (same, series) -> {
                if (series.ended(association, clock.instant())) {
                    ledger.seen(key, spool.files(key).size(), series.lastSeen);
                }
                return series;
            });
        }
    }

    /** Closes every series that is due. */
    public void closeQuiet() {
        for (String key : open.keySet()) {
            open.computeIfPresent(key, (same, series) -> {
                Instant now = clock.instant();
                if (!series.isQuiet(now.minus(quietTime))) {
                    return series;
                }
                int instances = spool.files(key).size();
                ledger.close(key, instances);
                LOG.info("series {}: closed with {} objects", key, instances);
                return null;
            });
        }
    }

    /** Series that are open now. */
    public int openSeries() {
        return open.size();
    }

    /** Objects received since the start. */
    public long receivedObjects() {
        return received.sum();
    }

    private static NewSeries asNew(ReceivedInstance instance) {
        return new NewSeries(
                instance.seriesKey(),
                instance.studyInstanceUid(),
                instance.seriesInstanceUid(),
                instance.callingAet(),
                instance.calledAet());
    }

    /** Changed only inside the map's compute, so by one thread at a time. */
    private static final class OpenSeries {
        private final Set<Long> associations = new HashSet<>();
        private volatile Instant lastSeen;

        OpenSeries(Instant now) {
            this.lastSeen = now;
        }

        void cameBy(long association, Instant now) {
            if (association != FOUND_AT_START) {
                associations.add(association);
            }
            lastSeen = now;
        }

        boolean ended(long association, Instant now) {
            boolean brought = associations.remove(association);
            if (brought) {
                lastSeen = now;
            }
            return brought;
        }

        boolean isQuiet(Instant lastAllowed) {
            return associations.isEmpty() && !lastSeen.isAfter(lastAllowed);
        }
    }
}
