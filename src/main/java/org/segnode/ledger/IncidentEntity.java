package org.segnode.ledger;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;

/** A row of table {@code incident}. */
@Entity(name = "Incident")
@Table(name = "incident")
class IncidentEntity {
    @Id
    @Column(name = "id")
    String id;

    @Column(name = "series_key")
    String seriesKey;

    @Column(name = "sop_instance_uid")
    String sopInstanceUid;

    @Column(name = "calling_aet")
    String callingAet;

    @Column(name = "difference")
    String difference;

    @Column(name = "file_name")
    String fileName;

    @Column(name = "times")
    long times;

    @Column(name = "first_seen")
    Instant firstSeen;

    @Column(name = "last_seen")
    Instant lastSeen;

    Incident toRecord() {
        return new Incident(seriesKey, sopInstanceUid, callingAet, difference, fileName, times, firstSeen, lastSeen);
    }
}
