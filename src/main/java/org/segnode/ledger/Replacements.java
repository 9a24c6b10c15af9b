package org.segnode.ledger;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.hibernate.StatelessSession;

/**
 * Results whose place a newer one has taken: the same series and rule, a later revision. They count as replaced at a
 * destination as soon as everything of the latest revision has arrived there, never before. The same object (one SOP Instance
 * UID) never replaces itself.
 */
public final class Replacements {
    static final String TAKEN = "a newer result has taken its place";

    private final Database database;
    private final Clock clock;

    Replacements(Database database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    /**
     * Objects that a destination has and that are neither valid any more nor rejected, all replaced by one job.
     *
     * @return empty if there is nothing to reject
     */
    public List<Replaced> next(String destination) {
        return database.transaction(session -> {
            List<Replaced> replaced = session
                    .createSelectionQuery(
                            "from Delivery where replacedBy is not null and rejectedBy is null and destination = ?1"
                                    + " order by replacedBy, id",
                            DeliveryEntity.class)
                    .setParameter(1, destination)
                    .getResultList()
                    .stream()
                    .map(Replacements::replaced)
                    .toList();
            return replaced.stream()
                    .filter(one -> one.byJob() == replaced.get(0).byJob())
                    .toList();
        });
    }

    private static Replaced replaced(DeliveryEntity entity) {
        return new Replaced(
                entity.toDelivery(),
                Text.orEmpty(entity.seriesInstanceUid),
                entity.replacedBy == null ? 0 : entity.replacedBy);
    }

    /**
     * Queues the note that rejects what {@link #next} gave, once.
     *
     * @param note on disk
     */
    public void reject(List<Replaced> replaced, StoredResult note) {
        database.transaction(session -> {
            List<DeliveryEntity> open = replaced.stream()
                    .map(one -> session.get(DeliveryEntity.class, one.delivery().id()))
                    .filter(one -> one != null && one.rejectedBy == null)
                    .toList();
            for (DeliveryEntity entity : open) {
                entity.rejectedBy = note.sopInstanceUid();
                session.update(entity);
            }
            if (!open.isEmpty()) {
                DeliveryEntity first = open.get(0);
                DeliveryEntity row = DeliveryEntity.of(
                        DeliveryKind.REJECTION, first.seriesKey, first.destination, note, clock.instant());
                row.jobId = first.replacedBy;
                session.insert(row);
            }
            return open.size();
        });
    }

    /** Something of the series has arrived at a destination: what does that replace there? */
    static void mark(StatelessSession session, JobEntity job, String destination, Instant now) {
        List<JobEntity> jobs = jobs(session, job);
        int latest = jobs.stream().mapToInt(one -> one.revision).max().orElse(job.revision);
        if (jobs.stream().allMatch(one -> one.revision == latest)) {
            return;
        }
        List<JobEntity> newest =
                jobs.stream().filter(one -> one.revision == latest).toList();
        List<DeliveryEntity> valid = newest.stream()
                .flatMap(one -> resultsAt(session, one, destination).stream())
                .toList();
        boolean allThere = newest.stream()
                .allMatch(one -> valid.stream().anyMatch(row -> row.jobId != null && row.jobId == one.key()));
        if (!allThere || !valid.stream().allMatch(row -> row.state.hasArrived())) {
            return;
        }
        Set<String> uids = valid.stream().map(row -> row.sopInstanceUid).collect(Collectors.toSet());
        long by = newest.get(newest.size() - 1).key();
        for (JobEntity older : jobs) {
            if (older.revision < latest) {
                resultsAt(session, older, destination).forEach(row -> replace(session, row, uids, by, now));
                DeliveryRows.finish(session, older, now);
            }
        }
    }

    private static void replace(StatelessSession session, DeliveryEntity row, Set<String> valid, long by, Instant now) {
        boolean unsent = row.state == DeliveryState.WAITING
                || row.state == DeliveryState.HELD
                || row.state == DeliveryState.FAILED;
        if (unsent) {
            row.leave(DeliveryState.SUPERSEDED, TAKEN, now);
            session.update(row);
        } else if (row.state.hasArrived() && row.replacedBy == null && !valid.contains(row.sopInstanceUid)) {
            row.replacedBy = by;
            session.update(row);
        }
    }

    /** Of the same series and rule, the oldest first, without those that were never computed to the end. */
    private static List<JobEntity> jobs(StatelessSession session, JobEntity job) {
        return session
                .createSelectionQuery(
                        "from Job where seriesKey = ?1 and rule = ?2 order by revision, id", JobEntity.class)
                .setParameter(1, job.seriesKey)
                .setParameter(2, job.rule)
                .getResultList()
                .stream()
                .filter(one -> one.state != JobState.SUPERSEDED || one.resultFile != null)
                .toList();
    }

    private static List<DeliveryEntity> resultsAt(StatelessSession session, JobEntity job, String destination) {
        return DeliveryRows.resultsOf(session, job.key()).stream()
                .filter(row -> row.destination.equals(destination))
                .toList();
    }
}
