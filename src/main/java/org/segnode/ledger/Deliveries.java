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
import org.jspecify.annotations.Nullable;

/** Results on their way to their destinations. Whoever reports on one must still hold it in the same attempt. */
public final class Deliveries {
    private final Database database;
    private final Clock clock;
    private final Duration lease;
    private final Retries retries;

    Deliveries(Database database, Clock clock, Duration lease, Retries retries) {
        this.database = database;
        this.clock = clock;
        this.lease = lease;
        this.retries = retries;
    }

    /** Takes deliveries that are due, the longest due first: they are SENDING, and an attempt is counted. */
    public List<Delivery> claimDue(int most) {
        return claim("destination <> ?3", "", most);
    }

    /** The same of one destination, so that one that is absent delays no other. */
    public List<Delivery> claimDueTo(String destination, int most) {
        return claim("destination = ?3", destination, most);
    }

    /** The same of all destinations but these: what waits for one that is not in the settings any more. */
    public List<Delivery> claimDueToOthers(List<String> destinations, int most) {
        return destinations.isEmpty() ? claimDue(most) : claim("destination not in ?3", destinations, most);
    }

    private List<Delivery> claim(String condition, Object destination, int most) {
        return database.transaction(session -> {
            List<DeliveryEntity> due = session.createSelectionQuery(
                            "from Delivery where state = ?1 and due <= ?2 and " + condition + " order by due, id",
                            DeliveryEntity.class)
                    .setParameter(1, DeliveryState.WAITING)
                    .setParameter(2, now())
                    .setParameter(3, destination)
                    .setMaxResults(most)
                    .setHibernateLockMode(LockMode.UPGRADE_SKIPLOCKED)
                    .getResultList();
            due.forEach(entity -> begin(session, entity));
            return due.stream().map(DeliveryEntity::toDelivery).toList();
        });
    }

    /**
     * The destination answered with success. If it was the last one, the job is COMPLETE in the same transaction.
     *
     * @return false if the delivery is not this attempt's any more
     */
    public boolean accepted(Delivery delivery) {
        return changed(delivery, entity -> entity.leave(DeliveryState.ACCEPTED, null, now()));
    }

    /**
     * The attempt failed: again after a growing pause, or FAILED after the last attempt.
     *
     * @return false if the delivery is not this attempt's any more
     */
    public boolean retry(Delivery delivery, String reason) {
        return changed(delivery, entity -> retry(entity, reason));
    }

    /** The destination refuses it and will go on to: FAILED at once. @return false if it is not this attempt's any more */
    public boolean refused(Delivery delivery, String reason) {
        return changed(delivery, entity -> entity.leave(DeliveryState.FAILED, reason, now()));
    }

    /** Takes up again what was begun longer ago than a lease and never answered. @return how many */
    public int returnExpired() {
        return returnSending(now(), "no answer within " + lease.toSeconds() + " s");
    }

    /** Takes up again everything that was begun: only where no other process can have the database open. */
    int returnAbandoned() {
        return returnSending(Instant.parse("9999-01-01T00:00:00Z"), "the node stopped while it was sent");
    }

    /** A failed delivery gets all its attempts again, and its job is SEGMENTED again. @return false if it is not FAILED */
    public boolean requeue(long id) {
        return database.transaction(session -> {
            DeliveryEntity unlocked = session.get(DeliveryEntity.class, id);
            if (unlocked == null) {
                return false;
            }
            JobEntity job = lockedJob(session, unlocked.jobId);
            DeliveryEntity entity = session.get(DeliveryEntity.class, id, LockMode.PESSIMISTIC_WRITE);
            if (entity == null || entity.state != DeliveryState.FAILED) {
                return false;
            }
            entity.attempts = 0;
            entity.due = now();
            entity.leave(DeliveryState.WAITING, null, now());
            session.update(entity);
            job.leave(JobState.SEGMENTED, null, now());
            session.update(job);
            return true;
        });
    }

    public Optional<Delivery> find(long id) {
        return database.transaction(session ->
                Optional.ofNullable(session.get(DeliveryEntity.class, id)).map(DeliveryEntity::toDelivery));
    }

    /** Deliveries of a job, in the order of its destinations. */
    public List<Delivery> ofJob(long jobId) {
        return database.transaction(session -> entitiesOf(session, jobId).stream()
                .map(DeliveryEntity::toDelivery)
                .toList());
    }

    /** How many deliveries are in each state; a state without deliveries is 0. */
    public Map<DeliveryState, Long> counts() {
        Map<DeliveryState, Long> counts = new EnumMap<>(DeliveryState.class);
        for (DeliveryState state : DeliveryState.values()) {
            counts.put(state, 0L);
        }
        database.transaction(session -> session.createSelectionQuery(
                                "select state, count(*) from Delivery group by state", Object[].class)
                        .getResultList())
                .forEach(row -> counts.put((DeliveryState) row[0], (Long) row[1]));
        return counts;
    }

    private void begin(StatelessSession session, DeliveryEntity entity) {
        entity.state = DeliveryState.SENDING;
        entity.attempts++;
        entity.leaseUntil = now().plus(lease);
        entity.changed = now();
        session.update(entity);
    }

    private void retry(DeliveryEntity entity, String reason) {
        if (entity.attempts >= retries.attempts()) {
            entity.leave(DeliveryState.FAILED, reason + " (attempt " + entity.attempts + ", the last)", now());
        } else {
            entity.due = now().plus(retries.pauseAfter(entity.attempts));
            entity.leave(DeliveryState.WAITING, reason, now());
        }
    }

    private int returnSending(Instant leaseBefore, String reason) {
        List<Delivery> left = database.transaction(session -> session.createSelectionQuery(
                        "from Delivery where state = ?1 and leaseUntil < ?2", DeliveryEntity.class)
                .setParameter(1, DeliveryState.SENDING)
                .setParameter(2, leaseBefore)
                .getResultStream()
                .map(DeliveryEntity::toDelivery)
                .toList());
        return (int) left.stream().filter(delivery -> retry(delivery, reason)).count();
    }

    /** The job is locked first, so that two last deliveries cannot both think the other is still out. */
    private boolean changed(Delivery delivery, Consumer<DeliveryEntity> change) {
        return database.transaction(session -> {
            JobEntity job = lockedJob(session, delivery.jobId());
            DeliveryEntity entity = held(session, delivery);
            if (entity == null) {
                return false;
            }
            change.accept(entity);
            session.update(entity);
            finish(session, job);
            return true;
        });
    }

    private void finish(StatelessSession session, JobEntity job) {
        List<DeliveryEntity> all = entitiesOf(session, job.key());
        boolean out =
                all.stream().anyMatch(one -> one.state == DeliveryState.WAITING || one.state == DeliveryState.SENDING);
        if (out || job.state != JobState.SEGMENTED) {
            return;
        }
        Optional<DeliveryEntity> failed =
                all.stream().filter(one -> one.state == DeliveryState.FAILED).findFirst();
        job.leave(
                failed.isPresent() ? JobState.FAILED : JobState.COMPLETE,
                failed.map(one -> "not delivered to " + one.destination + ": " + Text.orEmpty(one.reason))
                        .orElse(null),
                now());
        session.update(job);
    }

    private static List<DeliveryEntity> entitiesOf(StatelessSession session, long jobId) {
        return session.createSelectionQuery("from Delivery where jobId = ?1 order by id", DeliveryEntity.class)
                .setParameter(1, jobId)
                .getResultList();
    }

    private static JobEntity lockedJob(StatelessSession session, long jobId) {
        JobEntity job = session.get(JobEntity.class, jobId, LockMode.PESSIMISTIC_WRITE);
        if (job == null) {
            throw new IllegalStateException("there is no job " + jobId);
        }
        return job;
    }

    private static @Nullable DeliveryEntity held(StatelessSession session, Delivery delivery) {
        DeliveryEntity entity = session.get(DeliveryEntity.class, delivery.id(), LockMode.PESSIMISTIC_WRITE);
        boolean held = entity != null && entity.state == DeliveryState.SENDING && entity.attempts == delivery.attempt();
        return held ? entity : null;
    }

    private Instant now() {
        return clock.instant();
    }
}
