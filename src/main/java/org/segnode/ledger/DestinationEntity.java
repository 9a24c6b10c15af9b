package org.segnode.ledger;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A row of table {@code destination}. */
@Entity(name = "Destination")
@Table(name = "destination")
class DestinationEntity {
    @Id
    @Column(name = "name")
    String name;

    @Column(name = "suspended")
    boolean suspended;

    @Column(name = "failures")
    int failures;

    @Column(name = "not_before")
    @Nullable
    Instant notBefore;

    @Column(name = "reason")
    @Nullable
    String reason;

    @Column(name = "changed")
    Instant changed;

    static DestinationEntity of(String name, Instant now) {
        DestinationEntity entity = new DestinationEntity();
        entity.name = name;
        entity.changed = now;
        return entity;
    }

    boolean mayBeSentTo(Instant now) {
        return !suspended && (notBefore == null || !notBefore.isAfter(now));
    }

    DestinationStatus toStatus() {
        return new DestinationStatus(
                name, suspended, failures, Optional.ofNullable(notBefore), Text.orEmpty(reason), changed);
    }
}
