package org.segnode.ledger;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.hibernate.LockMode;
import org.hibernate.StatelessSession;
import org.jspecify.annotations.Nullable;

/** What several parts of the ledger do with table {@code delivery}, each within the caller's transaction. */
final class DeliveryRows {
    private DeliveryRows() {}

    /**
     * Changes one row, and with it the job that waits for it. The job is locked first, so that two last deliveries cannot
     * both think the other is still out.
     *
     * @param held whether the row is still the caller's
     * @return false if it is not: nothing is changed then
     */
    static boolean change(
            StatelessSession session,
            Delivery delivery,
            Predicate<DeliveryEntity> held,
            Consumer<DeliveryEntity> change,
            Instant now) {
        JobEntity job = delivery.jobId() == 0 ? null : lockedJob(session, delivery.jobId());
        DeliveryEntity entity = session.get(DeliveryEntity.class, delivery.id(), LockMode.PESSIMISTIC_WRITE);
        if (entity == null || !held.test(entity)) {
            return false;
        }
        change.accept(entity);
        session.update(entity);
        if (job != null && entity.kind == DeliveryKind.RESULT) {
            if (entity.state.hasArrived()) {
                Replacements.mark(session, job, entity.destination, now);
            }
            finish(session, job, now);
        }
        return true;
    }

    /** Gives a job whose deliveries are all over its end. */
    static void finish(StatelessSession session, JobEntity job, Instant now) {
        List<DeliveryEntity> all = resultsOf(session, job.key());
        if (job.state != JobState.SEGMENTED || !all.stream().allMatch(one -> one.state.isOver())) {
            return;
        }
        Optional<DeliveryEntity> failed =
                all.stream().filter(one -> one.state == DeliveryState.FAILED).findFirst();
        boolean superseded = all.stream().allMatch(one -> one.state == DeliveryState.SUPERSEDED);
        job.leave(
                failed.isPresent() ? JobState.FAILED : superseded ? JobState.SUPERSEDED : JobState.COMPLETE,
                failed.map(one -> "not delivered to " + one.destination + ": " + Text.orEmpty(one.reason))
                        .orElse(superseded ? Replacements.TAKEN : null),
                now);
        session.update(job);
    }

    static List<DeliveryEntity> ofJob(StatelessSession session, long jobId) {
        return session.createSelectionQuery("from Delivery where jobId = ?1 order by id", DeliveryEntity.class)
                .setParameter(1, jobId)
                .getResultList();
    }

    static List<DeliveryEntity> resultsOf(StatelessSession session, long jobId) {
        return ofJob(session, jobId).stream()
                .filter(one -> one.kind == DeliveryKind.RESULT)
                .toList();
    }

    static JobEntity lockedJob(StatelessSession session, long jobId) {
        JobEntity job = session.get(JobEntity.class, jobId, LockMode.PESSIMISTIC_WRITE);
        if (job == null) {
            throw new IllegalStateException("there is no job " + jobId);
        }
        return job;
    }

    /** Sends again after a growing pause, or gives up after the last attempt. */
    static void again(DeliveryEntity entity, Retries retries, String reason, Instant now) {
        if (entity.attempts >= retries.attempts()) {
            entity.leave(DeliveryState.FAILED, reason + " (attempt " + entity.attempts + ", the last)", now);
        } else {
            entity.due = now.plus(retries.pauseAfter(entity.attempts));
            entity.leave(DeliveryState.WAITING, reason, now);
        }
    }

    static @Nullable JobEntity jobOf(StatelessSession session, DeliveryEntity delivery) {
        return delivery.jobId == null ? null : session.get(JobEntity.class, delivery.jobId);
    }
}
