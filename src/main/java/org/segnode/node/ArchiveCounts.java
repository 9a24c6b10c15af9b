package org.segnode.node;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import org.segnode.TemporaryException;
import org.segnode.ledger.NewSeries;
import org.segnode.node.settings.CompletenessSettings;
import org.segnode.pacs.Intake;
import org.segnode.pacs.Match;
import org.segnode.pacs.Query;
import org.segnode.pacs.RefusedByPeerException;
import org.segnode.pacs.Retrieval;
import org.segnode.pacs.Retrieved;
import org.segnode.pacs.Spool;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks archives how many objects they have of a series that comes in, and fetches what the node lacks. Each archive is asked
 * by a thread of its own, so that one that is slow keeps nobody waiting but itself.
 */
final class ArchiveCounts implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ArchiveCounts.class);

    private final List<SourceArchive> archives;
    private final Map<String, ExecutorService> threads = new ConcurrentHashMap<>();
    private final Map<String, Asked> asked = new ConcurrentHashMap<>();
    private final CompletenessSettings settings;
    private final Spool spool;
    private final Clock clock;
    private volatile Optional<Intake> intake = Optional.empty();

    ArchiveCounts(List<SourceArchive> archives, CompletenessSettings settings, Spool spool, Clock clock) {
        this.archives = List.copyOf(archives);
        this.settings = settings;
        this.spool = spool;
        this.clock = clock;
    }

    /** @param where what is fetched goes to; before this nothing is fetched */
    void fetchInto(Intake where) {
        intake = Optional.of(where);
    }

    /**
     * What the archive of the series' sender has said so far; empty if there is no such archive.
     *
     * @param here objects that lie in the spool
     * @param bringing whether objects are still coming: then it is not asked
     */
    Optional<ArchiveCount> of(NewSeries series, int here, boolean bringing) {
        return archives.stream()
                .filter(archive -> archive.senders().contains(series.callingAet()))
                .findFirst()
                .map(archive -> bringing ? known(series, archive) : ask(series, archive, here));
    }

    void dismiss(String seriesKey) {
        asked.remove(seriesKey);
    }

    private ArchiveCount known(NewSeries series, SourceArchive archive) {
        return asked.computeIfAbsent(series.seriesKey(), key -> new Asked(archive))
                .count();
    }

    private ArchiveCount ask(NewSeries series, SourceArchive archive, int here) {
        Asked state = asked.computeIfAbsent(series.seriesKey(), key -> new Asked(archive));
        ArchiveCount count = state.count();
        boolean known = count.state() == ArchiveCount.State.CONFIRMED;
        boolean lacking = known && count.objects() > here;
        if (lacking && settings.fetchMissing() && intake.isPresent() && state.beginFetching(count.objects())) {
            run(archive, () -> fetch(series, state, intake.get()));
        } else if ((!known || lacking) && state.beginCounting(clock.instant(), settings.countInterval())) {
            run(archive, () -> count(series, state));
        }
        return count;
    }

    private void run(SourceArchive archive, Runnable work) {
        try {
            threads.computeIfAbsent(
                            archive.name(),
                            name -> Executors.newSingleThreadExecutor(task -> {
                                Thread thread = new Thread(task, "archive-" + name);
                                thread.setDaemon(true);
                                return thread;
                            }))
                    .execute(work);
        } catch (RejectedExecutionException e) {
            LOG.debug("archive {} is not asked any more: the node stops", archive.name());
        }
    }

    private void count(NewSeries series, Asked state) {
        try {
            int objects = objects(series, state.archive);
            state.counted(objects, clock.instant());
            LOG.info("series {}: archive {} has {} objects", series.seriesKey(), state.archive.name(), objects);
        } catch (RefusedByPeerException | RuntimeException e) {
            state.failed("does not answer: " + e.getMessage(), clock.instant());
            LOG.warn("series {}: archive {}: {}", series.seriesKey(), state.archive.name(), e.getMessage());
        }
    }

    /** By the series' own count where the archive says it, else by counting its instances. */
    private static int objects(NewSeries series, SourceArchive archive) throws RefusedByPeerException {
        Query query = Query.seriesOf(series.studyInstanceUid()).with("SeriesInstanceUID", series.seriesInstanceUid());
        for (Match match : archive.archive().find(query).found()) {
            if (match.uid().equals(series.seriesInstanceUid())) {
                Optional<Integer> said = match.count("NumberOfSeriesRelatedInstances").stream()
                        .boxed()
                        .findFirst();
                return said.isPresent()
                        ? said.get()
                        : instances(series, archive).size();
            }
        }
        return 0;
    }

    private static List<String> instances(NewSeries series, SourceArchive archive) throws RefusedByPeerException {
        return archive
                .archive()
                .find(Query.instancesOf(series.studyInstanceUid(), series.seriesInstanceUid()))
                .found()
                .stream()
                .map(Match::uid)
                .toList();
    }

    private void fetch(NewSeries series, Asked state, Intake where) {
        try {
            List<String> missing = new ArrayList<>(instances(series, state.archive));
            missing.removeIf(uid -> spool.holds(series.seriesKey(), uid));
            LOG.info(
                    "series {}: {} objects are fetched from archive {}",
                    series.seriesKey(),
                    missing.size(),
                    state.archive.name());
            if (!missing.isEmpty()) {
                Retrieved got = state.archive
                        .archive()
                        .fetch(
                                Retrieval.instances(series.studyInstanceUid(), series.seriesInstanceUid(), missing),
                                where);
                state.fetched(got.completed() + " of " + missing.size() + " missing ones fetched");
            }
        } catch (RefusedByPeerException | TemporaryException e) {
            state.fetched("the missing ones could not be fetched: " + e.getMessage());
            LOG.warn("series {}: archive {}: {}", series.seriesKey(), state.archive.name(), e.getMessage());
        }
    }

    @Override
    public void close() {
        threads.values().forEach(ExecutorService::shutdownNow);
    }

    /** What one archive said of one series. */
    private static final class Asked {
        private final SourceArchive archive;
        private ArchiveCount count;
        private boolean asking;
        private int fetchedFor;
        private Instant last = Instant.MIN;

        Asked(SourceArchive archive) {
            this.archive = archive;
            this.count = new ArchiveCount(archive.name(), ArchiveCount.State.ASKED, 0, "");
        }

        synchronized ArchiveCount count() {
            return count;
        }

        synchronized boolean beginCounting(Instant now, Duration interval) {
            boolean due = last.equals(Instant.MIN) || !now.isBefore(last.plus(interval));
            if (asking || !due) {
                return false;
            }
            asking = true;
            return true;
        }

        /** Once for each count: what cannot be fetched now is not there. */
        synchronized boolean beginFetching(int objects) {
            if (asking || fetchedFor == objects) {
                return false;
            }
            fetchedFor = objects;
            asking = true;
            return true;
        }

        synchronized void counted(int objects, Instant now) {
            boolean again = objects > 0
                    && objects == count.objects()
                    && (count.state() == ArchiveCount.State.ONCE || count.state() == ArchiveCount.State.CONFIRMED);
            ArchiveCount.State state = objects == 0
                    ? ArchiveCount.State.UNKNOWN
                    : again ? ArchiveCount.State.CONFIRMED : ArchiveCount.State.ONCE;
            answered(new ArchiveCount(archive.name(), state, objects, again ? count.note() : ""), now);
        }

        synchronized void failed(String reason, Instant now) {
            answered(new ArchiveCount(archive.name(), ArchiveCount.State.UNKNOWN, 0, reason), now);
        }

        synchronized void fetched(String note) {
            count = new ArchiveCount(count.archive(), count.state(), count.objects(), note);
            asking = false;
        }

        private void answered(ArchiveCount answer, Instant now) {
            count = answer;
            last = now;
            asking = false;
        }
    }
}
