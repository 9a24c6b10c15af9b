package org.segnode.ledger;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import org.jspecify.annotations.Nullable;

/** A row of table {@code job_input}: which jobs a series is a further input of. */
@Entity(name = "JobInput")
@Table(name = "job_input")
class JobInputEntity {
    @Id
    @Column(name = "id")
    @GeneratedValue(strategy = GenerationType.IDENTITY)
    @Nullable
    Long id;

    @Column(name = "job_id")
    long jobId;

    @Column(name = "series_key")
    String seriesKey;

    static JobInputEntity of(JobEntity job, JobInput input) {
        JobInputEntity entity = new JobInputEntity();
        entity.jobId = job.key();
        entity.seriesKey = input.seriesKey();
        return entity;
    }
}
