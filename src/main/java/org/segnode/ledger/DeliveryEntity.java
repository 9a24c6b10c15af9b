package org.segnode.ledger;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;
import org.jspecify.annotations.Nullable;

/** A row of table {@code delivery}. */
@Entity(name = "Delivery")
@Table(name = "delivery")
class DeliveryEntity {
    @Id
    @Column(name = "id")
    @GeneratedValue(strategy = GenerationType.IDENTITY)
    @Nullable
    Long id;

    @Column(name = "job_id")
    @Nullable
    Long jobId;

    @Column(name = "series_key")
    String seriesKey;

    @Column(name = "kind")
    @Enumerated(EnumType.STRING)
    @JdbcTypeCode(SqlTypes.VARCHAR)
    DeliveryKind kind;

    @Column(name = "destination")
    String destination;

    @Column(name = "result_file")
    String resultFile;

    @Column(name = "sop_class_uid")
    String sopClassUid;

    @Column(name = "sop_instance_uid")
    String sopInstanceUid;

    @Column(name = "state")
    @Enumerated(EnumType.STRING)
    @JdbcTypeCode(SqlTypes.VARCHAR)
    DeliveryState state;

    @Column(name = "attempts")
    int attempts;

    @Column(name = "lease_until")
    @Nullable
    Instant leaseUntil;

    @Column(name = "due")
    Instant due;

    @Column(name = "changed")
    Instant changed;

    @Column(name = "reason")
    @Nullable
    String reason;

    @Column(name = "commitments")
    int commitments;

    /** The last one it was asked to be committed by. */
    @Column(name = "transaction_uid")
    @Nullable
    String transactionUid;

    /** Of the object, noted when it was sent. */
    @Column(name = "series_instance_uid")
    @Nullable
    String seriesInstanceUid;

    /** The job whose result has taken its place. */
    @Column(name = "replaced_by")
    @Nullable
    Long replacedBy;

    /** SOP Instance UID of the note that rejects it. */
    @Column(name = "rejected_by")
    @Nullable
    String rejectedBy;

    /** A job's result. */
    static DeliveryEntity of(JobEntity job, String destination, StoredResult result, Instant now) {
        DeliveryEntity entity = of(DeliveryKind.RESULT, job.seriesKey, destination, result, now);
        entity.jobId = job.key();
        return entity;
    }

    /** What belongs to no job, or to none yet. */
    static DeliveryEntity of(
            DeliveryKind kind, String seriesKey, String destination, StoredResult result, Instant now) {
        DeliveryEntity entity = new DeliveryEntity();
        entity.kind = kind;
        entity.seriesKey = seriesKey;
        entity.destination = destination;
        entity.resultFile = result.file();
        entity.sopClassUid = result.sopClassUid();
        entity.sopInstanceUid = result.sopInstanceUid();
        entity.state = DeliveryState.WAITING;
        entity.due = now;
        entity.changed = now;
        return entity;
    }

    /** Leaves a state in which somebody or something is awaited. */
    void leave(DeliveryState next, @Nullable String why, Instant now) {
        state = next;
        reason = why == null ? null : Text.reason(why);
        leaseUntil = null;
        changed = now;
    }

    Delivery toDelivery() {
        if (id == null) {
            throw new IllegalStateException("the delivery of series " + seriesKey + " has no row yet");
        }
        return new Delivery(
                id,
                kind,
                seriesKey,
                jobId == null ? 0 : jobId,
                destination,
                new StoredResult(resultFile, sopClassUid, sopInstanceUid),
                state,
                attempts,
                commitments,
                due,
                changed,
                Text.orEmpty(reason));
    }
}
