package org.segnode.node;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.segnode.TemporaryException;
import org.segnode.ledger.Delivery;
import org.segnode.ledger.Job;
import org.segnode.ledger.JobState;
import org.segnode.ledger.Ledger;
import org.segnode.ledger.SeriesRow;
import org.segnode.ledger.SeriesState;
import org.segnode.ledger.StoredResult;
import org.segnode.node.settings.RetentionSettings;
import org.segnode.pacs.Spool;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Removes files that are done with and old enough. What a job still needs, or failed on, stays until a person looked. */
public final class Retention {
    private static final Logger LOG = LoggerFactory.getLogger(Retention.class);
    private static final Set<JobState> DONE = EnumSet.of(JobState.COMPLETE, JobState.SUPERSEDED);

    private final RetentionSettings settings;
    private final Ledger ledger;
    private final Spool spool;
    private final Path results;
    private final Clock clock;

    /** @param results folder of the results' files */
    public Retention(RetentionSettings settings, Ledger ledger, Spool spool, Path results, Clock clock) {
        this.settings = settings;
        this.ledger = ledger;
        this.spool = spool;
        this.results = results;
        this.clock = clock;
    }

    /** @throws TemporaryException if a file or a row cannot be had; what was removed so far stays removed */
    public void run() {
        Instant lastSpool = clock.instant().minus(settings.spool());
        for (String key : spool.seriesKeys()) {
            if (ledger.series().find(key).filter(row -> isDone(row, lastSpool)).isPresent()) {
                spool.remove(key);
                LOG.info("series {}: its objects are removed from the spool", key);
            }
        }
        removeResults(clock.instant().minus(settings.results()));
    }

    private boolean isDone(SeriesRow row, Instant last) {
        return row.state() == SeriesState.DECIDED
                && row.changed().isBefore(last)
                && Stream.concat(
                                ledger.jobs().ofSeries(row.seriesKey()).stream(),
                                ledger.jobs().withInput(row.seriesKey()).stream())
                        .allMatch(job ->
                                DONE.contains(job.state()) && job.changed().isBefore(last));
    }

    private Stream<StoredResult> results(Job job) {
        return Stream.concat(
                job.result().stream(),
                ledger.deliveries().ofJob(job.id()).stream().map(Delivery::result));
    }

    private void removeResults(Instant last) {
        Set<String> needed = EnumSet.complementOf(EnumSet.copyOf(DONE)).stream()
                .flatMap(state -> ledger.jobs().in(state, Integer.MAX_VALUE).stream())
                .flatMap(this::results)
                .map(StoredResult::file)
                .collect(Collectors.toCollection(HashSet::new));
        needed.addAll(ledger.deliveries().filesInUse());
        try (Stream<Path> listed = Files.walk(results)) {
            List<Path> files = listed.filter(Files::isRegularFile).toList();
            for (Path file : files) {
                String name = results.relativize(file).toString();
                if (!needed.contains(name)
                        && Files.getLastModifiedTime(file).toInstant().isBefore(last)) {
                    Files.delete(file);
                    LOG.info("result {} is removed", name);
                }
            }
        } catch (IOException e) {
            throw new TemporaryException("old results cannot be removed: " + e.getMessage(), e);
        }
    }
}
