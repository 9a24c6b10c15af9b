package org.segnode.ledger;

/**
 * An object that a newer result has taken the place of.
 *
 * @param seriesInstanceUid of the object
 * @param byJob the job with the newer result
 */
public record Replaced(Delivery delivery, String seriesInstanceUid, long byJob) {}
