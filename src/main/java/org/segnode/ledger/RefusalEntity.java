package org.segnode.ledger;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;

/** A row of table {@code refusal}. */
@Entity(name = "Refusal")
@Table(name = "refusal")
class RefusalEntity {
    @Id
    @Column(name = "id")
    String id;

    @Column(name = "calling_aet")
    String callingAet;

    @Column(name = "reason")
    String reason;

    @Column(name = "times")
    long times;

    @Column(name = "first_seen")
    Instant firstSeen;

    @Column(name = "last_seen")
    Instant lastSeen;

    Refusal toRecord() {
        return new Refusal(callingAet, reason, times, firstSeen, lastSeen);
    }
}
