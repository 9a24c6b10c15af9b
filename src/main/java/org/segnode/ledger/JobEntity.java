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
import java.util.List;
import java.util.Optional;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;
import org.jspecify.annotations.Nullable;

/** A row of table {@code job}. */
@Entity(name = "Job")
@Table(name = "job")
class JobEntity {
    @Id
    @Column(name = "id")
    @GeneratedValue(strategy = GenerationType.IDENTITY)
    @Nullable
    Long id;

    @Column(name = "series_key")
    String seriesKey;

    @Column(name = "revision")
    int revision;

    @Column(name = "rule_name")
    String rule;

    @Column(name = "model")
    String model;

    @Column(name = "crop_model")
    @Nullable
    String cropModel;

    @Column(name = "crop_margin")
    @Nullable
    Double cropMargin;

    @Column(name = "inputs")
    @Nullable
    String inputs;

    @Column(name = "destinations")
    String destinations;

    @Column(name = "priority")
    int priority;

    @Column(name = "state")
    @Enumerated(EnumType.STRING)
    @JdbcTypeCode(SqlTypes.VARCHAR)
    JobState state;

    @Column(name = "attempts")
    int attempts;

    @Column(name = "owner")
    @Nullable
    String owner;

    @Column(name = "lease_until")
    @Nullable
    Instant leaseUntil;

    @Column(name = "due")
    Instant due;

    @Column(name = "created")
    Instant created;

    @Column(name = "changed")
    Instant changed;

    @Column(name = "reason")
    @Nullable
    String reason;

    @Column(name = "result_file")
    @Nullable
    String resultFile;

    @Column(name = "result_class_uid")
    @Nullable
    String resultClassUid;

    @Column(name = "result_instance_uid")
    @Nullable
    String resultInstanceUid;

    static JobEntity of(NewJob order, Instant now) {
        JobEntity entity = new JobEntity();
        entity.seriesKey = order.seriesKey();
        entity.revision = order.revision();
        entity.rule = order.rule();
        entity.model = order.model();
        entity.cropModel = order.crop().map(Crop::model).orElse(null);
        entity.cropMargin = order.crop().map(Crop::margin).orElse(null);
        entity.inputs = order.further().isEmpty() ? null : JobInput.write(order.further());
        entity.destinations = String.join("\n", order.destinations());
        entity.priority = order.priority();
        entity.state = JobState.READY;
        entity.due = now;
        entity.created = now;
        entity.changed = now;
        return entity;
    }

    /** Leaves the state RUNNING: nobody owns the job any longer. */
    void leave(JobState next, @Nullable String why, Instant now) {
        state = next;
        reason = why == null ? null : Text.reason(why);
        leaseUntil = null;
        changed = now;
    }

    void keep(StoredResult result) {
        resultFile = result.file();
        resultClassUid = result.sopClassUid();
        resultInstanceUid = result.sopInstanceUid();
    }

    long key() {
        if (id == null) {
            throw new IllegalStateException("the job of series " + seriesKey + " has no row yet");
        }
        return id;
    }

    List<String> destinationNames() {
        return destinations.isEmpty() ? List.of() : List.of(destinations.split("\n"));
    }

    Job toJob() {
        Optional<Crop> crop = cropModel == null || cropMargin == null
                ? Optional.empty()
                : Optional.of(new Crop(cropModel, cropMargin));
        Optional<StoredResult> result = resultFile == null || resultClassUid == null || resultInstanceUid == null
                ? Optional.empty()
                : Optional.of(new StoredResult(resultFile, resultClassUid, resultInstanceUid));
        List<JobInput> further = inputs == null ? List.of() : JobInput.read(inputs);
        NewJob order = new NewJob(seriesKey, revision, rule, model, crop, further, destinationNames(), priority);
        return new Job(
                key(),
                order,
                state,
                attempts,
                Text.orEmpty(owner),
                due,
                created,
                changed,
                Text.orEmpty(reason),
                result);
    }
}
