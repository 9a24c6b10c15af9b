package org.segnode.node;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import org.segnode.TemporaryException;
import org.segnode.ledger.Closing;
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
 * Knows which series are coming in. A series is closed when {@link Completeness} says so; whatever comes later opens it
 * again. The row in the database is written before the first object of a series is answered with success.
 */
public final class SeriesCollector implements ReceptionListener {
    private static final Logger LOG = LoggerFactory.getLogger(SeriesCollector.class);

    private final SeriesLedger ledger;
    private final Refusals refusals;
    private final Spool spool;
    private final Completeness completeness;
    private final Witnesses witnesses;
    private final Clock clock;
    private final Map<String, OpenSeries> open = new ConcurrentHashMap<>();
    private final LongAdder received = new LongAdder();

    SeriesCollector(
            SeriesLedger ledger,
            Refusals refusals,
            Spool spool,
            Completeness completeness,
            Witnesses witnesses,
            Clock clock) {
        this.ledger = ledger;
        this.refusals = refusals;
        this.spool = spool;
        this.completeness = completeness;
        this.witnesses = witnesses;
        this.clock = clock;
    }

    /** To be called before the first association: what lies in the spool and was not closed is open again. */
    public void recover() {
        for (SeriesRow row : ledger.in(SeriesState.OPEN)) {
            boolean whole = row.released() && spool.files(row.seriesKey()).size() == row.instances();
            open.put(row.seriesKey(), new OpenSeries(row.series(), clock.instant(), !whole));
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
                open.put(key, new OpenSeries(asNew(instance), clock.instant(), true));
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
                series = new OpenSeries(asNew(instance), now, false);
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
    public void associationEnded(long association, boolean released) {
        for (String key : open.keySet()) {
            open.computeIfPresent(key, (same, series) -> {
                if (series.ended(association, released, clock.instant())) {
                    ledger.seen(key, spool.files(key).size(), series.lastSeen(), series.isReleased());
                }
                return series;
            });
        }
    }

    /** Closes every series that is complete, as far as can be told now. */
    public void closeComplete() {
        open.forEach((key, series) -> {
            Duration quiet = Duration.between(series.lastSeen(), clock.instant());
            if (!series.isBringing() || completeness.waitedLongest(quiet)) {
                OpenSeries.Look look = series.look().orElseGet(() -> look(key, series));
                completeness
                        .judge(evidence(series, look, quiet))
                        .ifPresent(closing -> close(key, look.changes(), closing));
            }
        });
    }

    private OpenSeries.Look look(String key, OpenSeries series) {
        long changes = series.changes();
        List<Path> files = spool.files(key);
        OpenSeries.Look look = new OpenSeries.Look(changes, files, witnesses.expected(series.series(), files));
        series.looked(look);
        return look;
    }

    private Evidence evidence(OpenSeries series, OpenSeries.Look look, Duration quiet) {
        return new Evidence(
                look.files().size(),
                series.isBringing(),
                series.isReleased(),
                quiet,
                look.expected(),
                witnesses.archive(series.series(), look.files().size(), series.isBringing()),
                () -> look.gap(witnesses::gap));
    }

    private void close(String key, long changes, Closing closing) {
        open.computeIfPresent(key, (same, series) -> {
            if (series.changes() != changes) {
                return series; // something has come just now
            }
            ledger.close(key, closing);
            witnesses.dismiss(key);
            LOG.info(
                    "series {}: closed with {} objects by {}: {}",
                    key,
                    closing.instances(),
                    closing.rule(),
                    closing.proof());
            return null;
        });
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
}
