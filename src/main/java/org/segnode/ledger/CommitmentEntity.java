package org.segnode.ledger;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import org.jspecify.annotations.Nullable;

/** A row of table {@code commitment}: one object of one request. */
@Entity(name = "Commitment")
@Table(name = "commitment")
class CommitmentEntity {
    @Id
    @Column(name = "id")
    @GeneratedValue(strategy = GenerationType.IDENTITY)
    @Nullable
    Long id;

    @Column(name = "transaction_uid")
    String transactionUid;

    @Column(name = "delivery_id")
    long deliveryId;

    static CommitmentEntity of(String transactionUid, long deliveryId) {
        CommitmentEntity entity = new CommitmentEntity();
        entity.transactionUid = transactionUid;
        entity.deliveryId = deliveryId;
        return entity;
    }
}
