package org.segnode.ledger;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.hibernate.LockMode;
import org.hibernate.StatelessSession;

/**
 * Storage commitment (PS3.4 Annex J) of what was sent. A request is written down before it is made, and a report before it
 * is answered, so that a crash at any moment costs a repeat at most. How often is bounded by the destination's attempts.
 */
public final class Commitments {
    private final Database database;
    private final Clock clock;
    private final Function<String, Retries> retries;

    Commitments(Database database, Clock clock, Function<String, Retries> retries) {
        this.database = database;
        this.clock = clock;
        this.retries = retries;
    }

    /**
     * Takes what was sent to a destination and is to be asked for: it is COMMIT_REQUESTED in this transaction, and SENT
     * again if no report comes in time.
     *
     * @param transactionUid new
     * @param timeout how long the report is awaited
     */
    public List<Delivery> request(String destination, String transactionUid, Duration timeout, int most) {
        return database.transaction(session -> {
            List<DeliveryEntity> sent = rows(session, destination, DeliveryState.SENT, most);
            for (DeliveryEntity entity : sent) {
                entity.state = DeliveryState.COMMIT_REQUESTED;
                entity.transactionUid = transactionUid;
                entity.commitments++;
                entity.due = now().plus(timeout);
                entity.changed = now();
                session.update(entity);
                session.insert(
                        CommitmentEntity.of(transactionUid, entity.toDelivery().id()));
            }
            return sent.stream().map(DeliveryEntity::toDelivery).toList();
        });
    }

    /** Everything that was asked for in this transaction; empty if it is not known. */
    public List<Delivery> of(String transactionUid) {
        return database.transaction(session -> session.createSelectionQuery(
                        "from Delivery d where d.id in (select c.deliveryId from Commitment c where c.transactionUid = ?1)"
                                + " order by d.id",
                        DeliveryEntity.class)
                .setParameter(1, transactionUid)
                .getResultStream()
                .map(DeliveryEntity::toDelivery)
                .toList());
    }

    /**
     * The destination keeps it, whichever of the requests it has answered.
     *
     * @return false if nobody waits for that any more
     */
    public boolean committed(Delivery delivery) {
        Set<DeliveryState> waiting = Set.of(DeliveryState.SENT, DeliveryState.COMMIT_REQUESTED);
        return database.transaction(session -> DeliveryRows.change(
                session,
                delivery,
                entity -> waiting.contains(entity.state),
                entity -> entity.leave(DeliveryState.COMMITTED, null, now()),
                now()));
    }

    /**
     * The destination does not keep it: sent again after a pause, or FAILED after the last attempt.
     *
     * @return false if it is not this transaction's any more
     */
    public boolean notCommitted(Delivery delivery, String transactionUid, String reason) {
        return database.transaction(session -> DeliveryRows.change(
                session,
                delivery,
                entity -> isRequested(entity, transactionUid),
                entity -> DeliveryRows.again(entity, retries.apply(entity.destination), reason, now()),
                now()));
    }

    /** The destination could not be asked, or refused to be: asked again after a pause, or FAILED after the last attempt. */
    public boolean notAsked(Delivery delivery, String transactionUid, String reason) {
        return database.transaction(session -> DeliveryRows.change(
                session,
                delivery,
                entity -> isRequested(entity, transactionUid),
                entity -> askAgain(
                        entity, reason, retries.apply(entity.destination).pauseAfter(entity.commitments)),
                now()));
    }

    /**
     * What a destination has not reported in time is asked for again, or FAILED after the last attempt.
     *
     * @return what was given up
     */
    public List<Delivery> expire(String destination, int most) {
        List<Delivery> late = database.transaction(
                session -> rows(session, destination, DeliveryState.COMMIT_REQUESTED, most).stream()
                        .map(DeliveryEntity::toDelivery)
                        .toList());
        return late.stream().filter(this::expire).toList();
    }

    /** @return whether it is given up */
    private boolean expire(Delivery delivery) {
        return database.transaction(session -> {
            DeliveryRows.change(
                    session,
                    delivery,
                    entity -> entity.state == DeliveryState.COMMIT_REQUESTED && !entity.due.isAfter(now()),
                    entity -> askAgain(entity, "no report on its storage commitment in time", Duration.ZERO),
                    now());
            DeliveryEntity now = session.get(DeliveryEntity.class, delivery.id());
            return now != null && now.state == DeliveryState.FAILED;
        });
    }

    private void askAgain(DeliveryEntity entity, String reason, Duration pause) {
        if (entity.commitments >= retries.apply(entity.destination).attempts()) {
            entity.leave(
                    DeliveryState.FAILED,
                    "sent, but not committed: " + reason + " (request " + entity.commitments + ", the last)",
                    now());
        } else {
            entity.due = now().plus(pause);
            entity.leave(DeliveryState.SENT, reason, now());
        }
    }

    private static boolean isRequested(DeliveryEntity entity, String transactionUid) {
        return entity.state == DeliveryState.COMMIT_REQUESTED && transactionUid.equals(entity.transactionUid);
    }

    private List<DeliveryEntity> rows(StatelessSession session, String destination, DeliveryState state, int most) {
        return session.createSelectionQuery(
                        "from Delivery where state = ?1 and due <= ?2 and destination = ?3 order by due, id",
                        DeliveryEntity.class)
                .setParameter(1, state)
                .setParameter(2, now())
                .setParameter(3, destination)
                .setMaxResults(most)
                .setHibernateLockMode(LockMode.UPGRADE_SKIPLOCKED)
                .getResultList();
    }

    private Instant now() {
        return clock.instant();
    }
}
