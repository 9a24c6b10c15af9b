package org.segnode.ledger;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;
import org.jspecify.annotations.Nullable;

/** A row of table {@code series}. */
@Entity(name = "Series")
@Table(name = "series")
class SeriesEntity {
    @Id
    @Column(name = "series_key")
    String seriesKey;

    @Column(name = "study_instance_uid")
    String studyInstanceUid;

    @Column(name = "series_instance_uid")
    String seriesInstanceUid;

    @Column(name = "calling_aet")
    String callingAet;

    @Column(name = "called_aet")
    String calledAet;

    @Column(name = "revision")
    int revision;

    @Column(name = "instances")
    int instances;

    @Column(name = "state")
    @Enumerated(EnumType.STRING)
    @JdbcTypeCode(SqlTypes.VARCHAR)
    SeriesState state;

    @Column(name = "outcome")
    @Enumerated(EnumType.STRING)
    @JdbcTypeCode(SqlTypes.VARCHAR)
    @Nullable
    Outcome outcome;

    @Column(name = "reason")
    @Nullable
    String reason;

    /** Whether nobody has yet been told that the series was refused. */
    @Column(name = "refusal_due")
    boolean refusalDue;

    @Column(name = "geometry")
    @Nullable
    String geometry;

    @Column(name = "released")
    boolean released;

    @Column(name = "closing_rule")
    @Enumerated(EnumType.STRING)
    @JdbcTypeCode(SqlTypes.VARCHAR)
    @Nullable
    ClosingRule closingRule;

    @Column(name = "closing_proof")
    @Nullable
    String closingProof;

    @Column(name = "expected_instances")
    @Nullable
    Integer expectedInstances;

    @Column(name = "first_seen")
    Instant firstSeen;

    @Column(name = "last_seen")
    Instant lastSeen;

    @Column(name = "changed")
    Instant changed;

    static SeriesEntity of(NewSeries series, Instant now) {
        SeriesEntity entity = new SeriesEntity();
        entity.seriesKey = series.seriesKey();
        entity.studyInstanceUid = series.studyInstanceUid();
        entity.seriesInstanceUid = series.seriesInstanceUid();
        entity.callingAet = series.callingAet();
        entity.calledAet = series.calledAet();
        entity.revision = 1;
        entity.state = SeriesState.OPEN;
        entity.firstSeen = now;
        entity.lastSeen = now;
        entity.changed = now;
        return entity;
    }

    /** It is closed and waits for a decision again. */
    void undecide(Instant now) {
        state = SeriesState.CLOSED;
        outcome = null;
        reason = null;
        changed = now;
    }

    void close(Closing closing) {
        instances = closing.instances();
        state = SeriesState.CLOSED;
        closingRule = closing.rule();
        closingProof = Text.reason(closing.proof());
        expectedInstances = closing.expected().isPresent() ? closing.expected().getAsInt() : null;
    }

    private Optional<Closing> closing() {
        OptionalInt expected = expectedInstances == null ? OptionalInt.empty() : OptionalInt.of(expectedInstances);
        return Optional.ofNullable(closingRule)
                .map(rule -> new Closing(rule, Text.orEmpty(closingProof), instances, expected));
    }

    SeriesRow toRow() {
        return new SeriesRow(
                new NewSeries(seriesKey, studyInstanceUid, seriesInstanceUid, callingAet, calledAet),
                revision,
                instances,
                state,
                Optional.ofNullable(outcome),
                Text.orEmpty(reason),
                released,
                closing(),
                firstSeen,
                lastSeen,
                changed);
    }
}
