package org.segnode.ledger;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.hibernate.LockMode;
import org.hibernate.StatelessSession;

/** Objects on their way to their destinations. Whoever reports on one must still hold it in the same attempt. */
public final class Deliveries {
    private final Database database;
    private final Clock clock;
    private final Duration lease;
    private final Function<String, Retries> retries;
    private final Destinations destinations;

    Deliveries(
            Database database,
            Clock clock,
            Duration lease,
            Function<String, Retries> retries,
            Destinations destinations) {
        this.database = database;
        this.clock = clock;
        this.lease = lease;
        this.retries = retries;
        this.destinations = destinations;
    }

    /** Takes deliveries that are due, the longest due first: they are SENDING, and an attempt is counted. */
    public List<Delivery> claimDue(int most) {
        return claim("destination <> ?3", "", most);
    }

    /**
     * The same of one destination, so that one that is absent delays no other. Nothing while the destination is suspended or
     * its pause is not over.
     */
    public List<Delivery> claimDueTo(String destination, int most) {
        boolean open = database.transaction(session -> destinations.mayBeSentTo(session, destination));
        return open ? claim("destination = ?3", destination, most) : List.of();
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
            return due.stream()
                    .filter(entity -> begin(session, entity))
                    .map(DeliveryEntity::toDelivery)
                    .toList();
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

    /** Notes which series the object makes up at its destination, for whoever has to refer to it later. */
    public void noteSeries(Delivery delivery, String seriesInstanceUid) {
        changed(delivery, entity -> entity.seriesInstanceUid = seriesInstanceUid);
    }

    /** The destination answered with success and is to be asked to commit to it. @return as {@link #accepted} */
    public boolean sent(Delivery delivery) {
        return changed(delivery, entity -> {
            entity.due = now();
            entity.leave(DeliveryState.SENT, null, now());
        });
    }

    /** The archive knows the patient otherwise: HELD until a person sends it again. @return as {@link #accepted} */
    public boolean held(Delivery delivery, String reason) {
        return changed(delivery, entity -> entity.leave(DeliveryState.HELD, reason, now()));
    }

    /** It was not tried after all: the attempt does not count. @return as {@link #accepted} */
    public boolean putBack(Delivery delivery) {
        return changed(delivery, entity -> {
            entity.attempts--;
            entity.leave(DeliveryState.WAITING, entity.reason, now());
        });
    }

    /**
     * The attempt failed: again after a growing pause, or FAILED after the last attempt.
     *
     * @return false if the delivery is not this attempt's any more
     */
    public boolean retry(Delivery delivery, String reason) {
        return changed(
                delivery, entity -> DeliveryRows.again(entity, retries.apply(entity.destination), reason, now()));
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

    /**
     * A failed or held delivery gets all its attempts again, and its job is SEGMENTED again.
     *
     * @return false if it is neither
     */
    public boolean requeue(long id) {
        return database.transaction(session -> {
            DeliveryEntity unlocked = session.get(DeliveryEntity.class, id);
            if (unlocked == null) {
                return false;
            }
            JobEntity job = unlocked.jobId == null ? null : DeliveryRows.lockedJob(session, unlocked.jobId);
            DeliveryEntity entity = session.get(DeliveryEntity.class, id, LockMode.PESSIMISTIC_WRITE);
            if (entity == null || (entity.state != DeliveryState.FAILED && entity.state != DeliveryState.HELD)) {
                return false;
            }
            entity.attempts = 0;
            entity.commitments = 0;
            entity.due = now();
            entity.leave(DeliveryState.WAITING, null, now());
            session.update(entity);
            if (job != null && entity.kind == DeliveryKind.RESULT) {
                job.leave(JobState.SEGMENTED, null, now());
                session.update(job);
            }
            return true;
        });
    }

    public Optional<Delivery> find(long id) {
        return database.transaction(session ->
                Optional.ofNullable(session.get(DeliveryEntity.class, id)).map(DeliveryEntity::toDelivery));
    }

    /** Deliveries of a job, in the order of its destinations. */
    public List<Delivery> ofJob(long jobId) {
        return database.transaction(session -> DeliveryRows.ofJob(session, jobId).stream()
                .map(DeliveryEntity::toDelivery)
                .toList());
    }

    /** Everything that was to be sent of a series, the oldest first. */
    public List<Delivery> ofSeries(String seriesKey) {
        return list("seriesKey = ?1 order by id", seriesKey);
    }

    /** Deliveries in a state, the one unchanged for longest first: what people look at. */
    public List<Delivery> in(DeliveryState state) {
        return list("state = ?1 order by changed, id", state);
    }

    /** Files of objects that have not arrived, and that nothing has taken the place of. */
    public Set<String> filesInUse() {
        return database.transaction(session -> session.createSelectionQuery(
                        "select resultFile from Delivery where state in ?1", String.class)
                .setParameter(
                        1,
                        Stream.of(DeliveryState.values())
                                .filter(state -> !state.hasArrived() && state != DeliveryState.SUPERSEDED)
                                .toList())
                .getResultStream()
                .collect(Collectors.toSet()));
    }

    private List<Delivery> list(String condition, Object parameter) {
        return database.transaction(
                session -> session.createSelectionQuery("from Delivery where " + condition, DeliveryEntity.class)
                        .setParameter(1, parameter)
                        .getResultStream()
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

    /** @return false if it need not be sent any more, because its job was superseded */
    private boolean begin(StatelessSession session, DeliveryEntity entity) {
        JobEntity job = DeliveryRows.jobOf(session, entity);
        if (job != null && entity.kind == DeliveryKind.RESULT && job.state == JobState.SUPERSEDED) {
            entity.leave(DeliveryState.SUPERSEDED, Text.orEmpty(job.reason), now());
            session.update(entity);
            return false;
        }
        entity.state = DeliveryState.SENDING;
        entity.attempts++;
        entity.leaseUntil = now().plus(lease);
        entity.changed = now();
        session.update(entity);
        return true;
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

    private boolean changed(Delivery delivery, Consumer<DeliveryEntity> change) {
        return database.transaction(session -> DeliveryRows.change(
                session,
                delivery,
                entity -> entity.state == DeliveryState.SENDING && entity.attempts == delivery.attempt(),
                change,
                now()));
    }

    private Instant now() {
        return clock.instant();
    }
}
