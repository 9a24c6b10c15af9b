package org.segnode.ledger;

import java.time.Clock;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hibernate.LockMode;
import org.hibernate.StatelessSession;
import org.jspecify.annotations.Nullable;

/** The series that came in, and what becomes of each. */
public final class SeriesLedger {
    private final Database database;
    private final Clock clock;

    SeriesLedger(Database database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    /**
     * Makes the series open: a new row of revision 1; or, of a closed or decided series, the next revision, by which jobs
     * that nobody has begun are superseded. An open series stays as it is.
     *
     * @return the open row
     */
    public SeriesRow open(NewSeries series) {
        return database.transaction(session -> {
            SeriesEntity entity = locked(session, series.seriesKey());
            if (entity == null) {
                entity = SeriesEntity.of(series, now());
                session.insert(entity);
            } else if (entity.state != SeriesState.OPEN) {
                reopen(session, entity);
            }
            return entity.toRow();
        });
    }

    /**
     * Notes what has come of an open series; does nothing if it is not open.
     *
     * @param released whether the associations that brought it were released in order
     */
    public void seen(String seriesKey, int instances, Instant lastSeen, boolean released) {
        database.transaction(session -> {
            SeriesEntity entity = locked(session, seriesKey);
            if (entity != null && entity.state == SeriesState.OPEN) {
                entity.instances = instances;
                entity.lastSeen = lastSeen;
                entity.released = released;
                entity.changed = now();
                session.update(entity);
            }
            return 0;
        });
    }

    /** As {@link #close(String, Closing)}, with {@link Closing#quiet}. */
    public boolean close(String seriesKey, int instances) {
        return close(seriesKey, Closing.quiet(instances));
    }

    /**
     * No more is awaited; it waits for a decision.
     *
     * @return false if it was not open
     */
    public boolean close(String seriesKey, Closing closing) {
        return database.transaction(session -> {
            SeriesEntity entity = locked(session, seriesKey);
            if (entity == null || entity.state != SeriesState.OPEN) {
                return false;
            }
            entity.close(closing);
            entity.changed = now();
            session.update(entity);
            return true;
        });
    }

    /**
     * Has a decided series decided anew, as its next revision and with the objects that are there: when a model has a newer
     * version, or rules have changed.
     *
     * @return false if it is not decided
     */
    public boolean again(String seriesKey) {
        return database.transaction(session -> {
            SeriesEntity entity = locked(session, seriesKey);
            if (entity == null || entity.state != SeriesState.DECIDED) {
                return false;
            }
            reopen(session, entity);
            entity.state = SeriesState.CLOSED;
            session.update(entity);
            return true;
        });
    }

    /**
     * Gives a closed series its outcome and, in the same transaction, queues its jobs.
     *
     * @param revision for which the decision was made
     * @param reason for people, without patient data
     * @param jobs not empty exactly if the outcome is QUEUED; all of this series and revision
     * @return false if the series is open again, decided already, or of another revision: nothing is written then
     */
    public boolean decide(String seriesKey, int revision, Outcome outcome, String reason, List<NewJob> jobs) {
        requireFitting(seriesKey, revision, outcome, jobs);
        return database.transaction(session -> {
            SeriesEntity entity = locked(session, seriesKey);
            if (entity == null || entity.state != SeriesState.CLOSED || entity.revision != revision) {
                return false;
            }
            entity.state = SeriesState.DECIDED;
            entity.outcome = outcome;
            entity.refusalDue = outcome == Outcome.REFUSED;
            entity.reason = Text.reason(reason);
            entity.changed = now();
            session.update(entity);
            jobs.forEach(job -> JobRows.enqueue(session, job, now()));
            return true;
        });
    }

    /**
     * Keeps how the slices of a closed series lie.
     *
     * @param revision for which it was found
     * @param verdict as JSON
     * @return false if the series is of another revision or not closed, or the same was kept already: nothing is written
     *     then
     */
    public boolean noteGeometry(String seriesKey, int revision, String verdict) {
        return database.transaction(session -> {
            SeriesEntity entity = locked(session, seriesKey);
            if (entity == null
                    || entity.state != SeriesState.CLOSED
                    || entity.revision != revision
                    || verdict.equals(entity.geometry)) {
                return false;
            }
            entity.geometry = verdict;
            session.update(entity);
            return true;
        });
    }

    /** The verdict on how the slices of a series lie, as JSON; empty where none was made of this revision. */
    public Optional<String> geometry(String seriesKey) {
        return database.transaction(session ->
                Optional.ofNullable(session.get(SeriesEntity.class, seriesKey)).map(entity -> entity.geometry));
    }

    public Optional<SeriesRow> find(String seriesKey) {
        return database.transaction(session ->
                Optional.ofNullable(session.get(SeriesEntity.class, seriesKey)).map(SeriesEntity::toRow));
    }

    /** Series of a study, the first seen first. */
    public List<SeriesRow> ofStudy(String studyInstanceUid) {
        return rows("from Series where studyInstanceUid = ?1 order by firstSeen, seriesKey", studyInstanceUid);
    }

    /** Series in a state, the one unchanged for longest first. */
    public List<SeriesRow> in(SeriesState state) {
        return rows("from Series where state = ?1 order by changed, seriesKey", state);
    }

    /** Series that have no outcome yet: open or closed. */
    public List<SeriesRow> unfinished() {
        return rows("from Series where state <> ?1 order by changed, seriesKey", SeriesState.DECIDED);
    }

    /** Study Instance UIDs with a series that is closed and undecided and none that is open. */
    public List<String> quietStudies() {
        return database.transaction(session -> session.createSelectionQuery(
                        "select distinct s.studyInstanceUid from Series s where s.state = ?1 and not exists"
                                + " (from Series o where o.studyInstanceUid = s.studyInstanceUid and o.state = ?2)",
                        String.class)
                .setParameter(1, SeriesState.CLOSED)
                .setParameter(2, SeriesState.OPEN)
                .getResultList());
    }

    /** How many series have each outcome; an outcome without series is 0. */
    public Map<Outcome, Long> outcomes() {
        return counts(Outcome.class, "select outcome, count(*) from Series where outcome is not null group by outcome");
    }

    /** How many series were closed by each rule; a rule without series is 0. */
    public Map<ClosingRule, Long> closings() {
        return counts(
                ClosingRule.class,
                "select closingRule, count(*) from Series where closingRule is not null" + " group by closingRule");
    }

    private <E extends Enum<E>> Map<E, Long> counts(Class<E> values, String query) {
        Map<E, Long> counts = new EnumMap<>(values);
        for (E value : values.getEnumConstants()) {
            counts.put(value, 0L);
        }
        database.transaction(session ->
                        session.createSelectionQuery(query, Object[].class).getResultList())
                .forEach(row -> counts.put(values.cast(row[0]), (Long) row[1]));
        return counts;
    }

    /** Deciding afterwards: every job of the decided revision found that the series cannot be used. */
    static void refuse(StatelessSession session, String seriesKey, int revision, String reason, Instant now) {
        SeriesEntity entity = locked(session, seriesKey);
        if (entity != null && entity.state == SeriesState.DECIDED && entity.revision == revision) {
            entity.outcome = Outcome.REFUSED;
            entity.refusalDue = true;
            entity.reason = Text.reason(reason);
            entity.changed = now;
            session.update(entity);
        }
    }

    private void reopen(StatelessSession session, SeriesEntity entity) {
        entity.revision++;
        entity.state = SeriesState.OPEN;
        entity.outcome = null;
        entity.refusalDue = false;
        entity.reason = null;
        entity.geometry = null;
        entity.lastSeen = now();
        entity.changed = now();
        session.update(entity);
        JobRows.supersede(session, entity.seriesKey, entity.revision, now());
        JobRows.firstSeriesWith(session, entity.seriesKey).forEach(first -> decideAnew(session, first));
    }

    /** A further input of its jobs was opened again: they are superseded, and the next decision is about a next revision. */
    private void decideAnew(StatelessSession session, String seriesKey) {
        SeriesEntity entity = locked(session, seriesKey);
        if (entity != null && entity.state == SeriesState.DECIDED) {
            entity.revision++;
            entity.undecide(now());
            session.update(entity);
            JobRows.supersede(session, seriesKey, entity.revision, now());
        }
    }

    /**
     * A series that a rule waited with in vain is decided once more, as what it waited for has come.
     *
     * @return false if it has another outcome than INPUT_MISSING, or is of another revision
     */
    public boolean reconsider(String seriesKey, int revision) {
        return database.transaction(session -> {
            SeriesEntity entity = locked(session, seriesKey);
            if (entity == null || entity.outcome != Outcome.INPUT_MISSING || entity.revision != revision) {
                return false;
            }
            entity.undecide(now());
            session.update(entity);
            return true;
        });
    }

    private List<SeriesRow> rows(String query, Object parameter) {
        return database.transaction(session -> session.createSelectionQuery(query, SeriesEntity.class)
                .setParameter(1, parameter)
                .getResultStream()
                .map(SeriesEntity::toRow)
                .toList());
    }

    private static @Nullable SeriesEntity locked(StatelessSession session, String seriesKey) {
        return session.get(SeriesEntity.class, seriesKey, LockMode.PESSIMISTIC_WRITE);
    }

    private static void requireFitting(String seriesKey, int revision, Outcome outcome, List<NewJob> jobs) {
        if ((outcome == Outcome.QUEUED) == jobs.isEmpty()) {
            throw new IllegalArgumentException(
                    "series " + seriesKey + ": outcome " + outcome + " with " + jobs.size() + " jobs");
        }
        for (NewJob job : jobs) {
            if (!job.seriesKey().equals(seriesKey) || job.revision() != revision) {
                throw new IllegalArgumentException("series " + seriesKey + " revision " + revision
                        + ": a job of series " + job.seriesKey() + " revision " + job.revision());
            }
        }
    }

    private Instant now() {
        return clock.instant();
    }
}
