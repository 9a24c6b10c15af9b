package org.segnode.ledger;

import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.hibernate.LockMode;
import org.hibernate.StatelessSession;
import org.jspecify.annotations.Nullable;

/** What several parts of the ledger ask of table {@code job}, each within the caller's transaction. */
final class JobRows {
    private JobRows() {}

    /** The job that is there, or a new one. */
    static JobEntity enqueue(StatelessSession session, NewJob order, Instant now) {
        return session.createSelectionQuery(
                        "from Job where seriesKey = ?1 and revision = ?2 and rule = ?3 and model = ?4", JobEntity.class)
                .setParameter(1, order.seriesKey())
                .setParameter(2, order.revision())
                .setParameter(3, order.rule())
                .setParameter(4, order.model())
                .getResultStream()
                .findFirst()
                .orElseGet(() -> {
                    JobEntity entity = JobEntity.of(order, now);
                    session.insert(entity);
                    order.further().forEach(input -> session.insert(JobInputEntity.of(entity, input)));
                    return entity;
                });
    }

    /** First series of the jobs that a series is a further input of, each once. */
    static List<String> firstSeriesWith(StatelessSession session, String seriesKey) {
        return session.createSelectionQuery(
                        "select distinct j.seriesKey from Job j, JobInput i where i.jobId = j.id and i.seriesKey = ?1",
                        String.class)
                .setParameter(1, seriesKey)
                .getResultList();
    }

    /** Jobs of earlier revisions that nobody has begun. */
    static void supersede(StatelessSession session, String seriesKey, int revision, Instant now) {
        session.createMutationQuery("update Job set state = ?1, reason = ?2, changed = ?3"
                        + " where seriesKey = ?4 and revision < ?5 and state = ?6")
                .setParameter(1, JobState.SUPERSEDED)
                .setParameter(2, supersededReason(revision))
                .setParameter(3, now)
                .setParameter(4, seriesKey)
                .setParameter(5, revision)
                .setParameter(6, JobState.READY)
                .executeUpdate();
    }

    /** The locked row, if it is still this owner's in this attempt; a lease that ended but was not taken up counts as held. */
    static @Nullable JobEntity held(StatelessSession session, Job job) {
        JobEntity entity = session.get(JobEntity.class, job.id(), LockMode.PESSIMISTIC_WRITE);
        boolean held = entity != null
                && entity.state == JobState.RUNNING
                && entity.attempts == job.attempt()
                && job.owner().equals(entity.owner);
        return held ? entity : null;
    }

    static boolean isSuperseded(StatelessSession session, JobEntity job) {
        SeriesEntity series = session.get(SeriesEntity.class, job.seriesKey);
        return series != null && series.revision > job.revision;
    }

    static Stream<JobEntity> othersOfSeries(StatelessSession session, JobEntity job) {
        return session.createSelectionQuery(
                        "from Job where seriesKey = ?1 and revision = ?2 and id <> ?3", JobEntity.class)
                .setParameter(1, job.seriesKey)
                .setParameter(2, job.revision)
                .setParameter(3, job.key())
                .getResultStream();
    }

    static String supersededReason(int revision) {
        return "the series was opened again by a late object: revision " + revision + " takes its place";
    }
}
