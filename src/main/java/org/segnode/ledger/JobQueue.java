package org.segnode.ledger;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.hibernate.LockMode;
import org.hibernate.StatelessSession;

/**
 * Jobs that survive the process. A worker claims a job for the time of a lease and renews it while it computes; whoever
 * reports on a job must still be its owner in the same attempt (fencing), else the report is void.
 */
public final class JobQueue {
    private final Database database;
    private final Clock clock;
    private final Duration lease;
    private final Retries retries;

    JobQueue(Database database, Clock clock, Duration lease, Retries retries) {
        this.database = database;
        this.clock = clock;
        this.lease = lease;
        this.retries = retries;
    }

    /** Queues a job, once per series, revision, rule and model: a repeat gives the job that is there. */
    public Job enqueue(NewJob order) {
        return database.transaction(
                session -> JobRows.enqueue(session, order, now()).toJob());
    }

    /**
     * The next job that is due, the highest priority first, then the oldest. A job another worker is just taking is
     * skipped, not awaited.
     *
     * @param owner the worker, unlike every other's
     */
    public Optional<Job> claim(String owner) {
        return database.transaction(session -> session.createSelectionQuery(
                        "from Job where state = ?1 and due <= ?2 order by priority desc, id", JobEntity.class)
                .setParameter(1, JobState.READY)
                .setParameter(2, now())
                .setMaxResults(1)
                .setHibernateLockMode(LockMode.UPGRADE_SKIPLOCKED)
                .getResultStream()
                .findFirst()
                .map(entity -> begin(session, entity, owner)));
    }

    /** How long a claim lasts; a worker renews it well before. */
    public Duration lease() {
        return lease;
    }

    /** @return false if the job is no longer this attempt's: computing on is of no use */
    public boolean renew(Job job) {
        return changed(job, entity -> entity.leaseUntil = now().plus(lease));
    }

    /** The result, one object, lies on disk and goes to all destinations of the job. */
    public Completion complete(Job job, StoredResult result) {
        return complete(job, List.of(new AddressedResult(result, job.order().destinations())));
    }

    /**
     * The objects of the result lie on disk: the job is SEGMENTED, with one delivery per object and destination, or COMPLETE
     * if there is none.
     *
     * @param results at least one; the first stands for all where one is shown
     */
    public Completion complete(Job job, List<AddressedResult> results) {
        return database.transaction(session -> {
            JobEntity entity = JobRows.held(session, job);
            if (entity == null) {
                return Completion.LEASE_LOST;
            }
            entity.keep(results.get(0).result());
            boolean superseded = JobRows.isSuperseded(session, entity);
            boolean undelivered =
                    results.stream().anyMatch(one -> !one.destinations().isEmpty());
            entity.leave(
                    superseded ? JobState.SUPERSEDED : undelivered ? JobState.SEGMENTED : JobState.COMPLETE,
                    superseded ? JobRows.supersededReason(entity.revision + 1) : null,
                    now());
            session.update(entity);
            if (superseded) {
                return Completion.SUPERSEDED;
            }
            for (AddressedResult one : results) {
                for (String destination : one.destinations()) {
                    session.insert(DeliveryEntity.of(entity, destination, one.result(), now()));
                }
            }
            return Completion.TAKEN;
        });
    }

    /**
     * The attempt failed for reasons that may pass: again after a growing pause, or FAILED after the last attempt.
     *
     * @return false if the lease was lost
     */
    public boolean retry(Job job, String reason) {
        return changed(job, entity -> retry(entity, reason));
    }

    /** Trying again is of no use. @return false if the lease was lost */
    public boolean fail(Job job, String reason) {
        return changed(job, entity -> entity.leave(JobState.FAILED, reason, now()));
    }

    /**
     * The data cannot be used: FAILED, and when no other job of the series has better to tell, the series' outcome is
     * REFUSED with this reason.
     *
     * @return false if the lease was lost
     */
    public boolean refuse(Job job, String reason) {
        return database.transaction(session -> {
            JobEntity entity = JobRows.held(session, job);
            if (entity == null) {
                return false;
            }
            entity.leave(JobState.FAILED, reason, now());
            session.update(entity);
            if (JobRows.othersOfSeries(session, entity).allMatch(other -> other.state == JobState.FAILED)) {
                SeriesLedger.refuse(session, entity.seriesKey, entity.revision, reason, now());
            }
            return true;
        });
    }

    /** The worker stops: the job is READY again at once and the attempt does not count. */
    public boolean release(Job job) {
        return changed(job, entity -> {
            entity.attempts--;
            entity.leave(JobState.READY, null, now());
        });
    }

    /**
     * Takes up again the jobs whose worker was silent for longer than its lease; the lost attempt counts.
     *
     * @return how many
     */
    public int returnExpired() {
        return returnRunning(now(), "the worker was silent for more than " + lease.toSeconds() + " s");
    }

    /** Takes up again every running job: only where no other process can have the database open. */
    int returnAbandoned() {
        return returnRunning(Instant.parse("9999-01-01T00:00:00Z"), "the node stopped while it computed");
    }

    /** A failed job gets all its attempts again. @return false if it is not FAILED or failed only in delivery */
    public boolean requeue(long id) {
        return database.transaction(session -> {
            JobEntity entity = session.get(JobEntity.class, id, LockMode.PESSIMISTIC_WRITE);
            if (entity == null || entity.state != JobState.FAILED || entity.resultFile != null) {
                return false;
            }
            entity.attempts = 0;
            entity.due = now();
            entity.leave(JobState.READY, null, now());
            session.update(entity);
            return true;
        });
    }

    public Optional<Job> find(long id) {
        return database.transaction(
                session -> Optional.ofNullable(session.get(JobEntity.class, id)).map(JobEntity::toJob));
    }

    /** Jobs of a series, all revisions, the oldest first. */
    public List<Job> ofSeries(String seriesKey) {
        return database.transaction(
                session -> session.createSelectionQuery("from Job where seriesKey = ?1 order by id", JobEntity.class)
                        .setParameter(1, seriesKey)
                        .getResultStream()
                        .map(JobEntity::toJob)
                        .toList());
    }

    /** Jobs that compute a series as a further input, beside their own. */
    public List<Job> withInput(String seriesKey) {
        return database.transaction(session -> session.createSelectionQuery(
                        "select j from Job j, JobInput i where i.jobId = j.id and i.seriesKey = ?1 order by j.id",
                        JobEntity.class)
                .setParameter(1, seriesKey)
                .getResultStream()
                .map(JobEntity::toJob)
                .toList());
    }

    /** Jobs in a state, the one unchanged for longest first. */
    public List<Job> in(JobState state, int most) {
        return database.transaction(session -> session.createSelectionQuery(
                        "from Job where state = ?1 order by changed, id", JobEntity.class)
                .setParameter(1, state)
                .setMaxResults(most)
                .getResultStream()
                .map(JobEntity::toJob)
                .toList());
    }

    /** How many jobs are in each state; a state without jobs is 0. */
    public Map<JobState, Long> counts() {
        Map<JobState, Long> counts = new EnumMap<>(JobState.class);
        for (JobState state : JobState.values()) {
            counts.put(state, 0L);
        }
        database.transaction(session -> session.createSelectionQuery(
                                "select state, count(*) from Job group by state", Object[].class)
                        .getResultList())
                .forEach(row -> counts.put((JobState) row[0], (Long) row[1]));
        return counts;
    }

    /** When the oldest job that waits was queued: how far the worker is behind. */
    public Optional<Instant> oldestWaiting() {
        return database.transaction(session -> Optional.ofNullable(
                session.createSelectionQuery("select min(created) from Job where state = ?1", Instant.class)
                        .setParameter(1, JobState.READY)
                        .getSingleResultOrNull()));
    }

    private Job begin(StatelessSession session, JobEntity entity, String owner) {
        entity.state = JobState.RUNNING;
        entity.attempts++;
        entity.owner = owner;
        entity.leaseUntil = now().plus(lease);
        entity.changed = now();
        session.update(entity);
        return entity.toJob();
    }

    private void retry(JobEntity entity, String reason) {
        if (entity.attempts >= retries.attempts()) {
            entity.leave(JobState.FAILED, reason + " (attempt " + entity.attempts + ", the last)", now());
        } else {
            entity.due = now().plus(retries.pauseAfter(entity.attempts));
            entity.leave(JobState.READY, reason, now());
        }
    }

    private int returnRunning(Instant leaseBefore, String reason) {
        return database.transaction(session -> {
            List<JobEntity> left = session.createSelectionQuery(
                            "from Job where state = ?1 and leaseUntil < ?2", JobEntity.class)
                    .setParameter(1, JobState.RUNNING)
                    .setParameter(2, leaseBefore)
                    .setHibernateLockMode(LockMode.UPGRADE_SKIPLOCKED)
                    .getResultList();
            for (JobEntity entity : left) {
                retry(entity, reason);
                session.update(entity);
            }
            return left.size();
        });
    }

    private boolean changed(Job job, Consumer<JobEntity> change) {
        return database.transaction(session -> {
            JobEntity entity = JobRows.held(session, job);
            if (entity == null) {
                return false;
            }
            change.accept(entity);
            session.update(entity);
            return true;
        });
    }

    private Instant now() {
        return clock.instant();
    }
}
