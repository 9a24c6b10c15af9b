package org.segnode.ledger;

/** What an object on its way is for. */
public enum DeliveryKind {
    /** What a job has made: the job is complete when its destinations have it. */
    RESULT,
    /** A note that rejects results which a newer one has replaced; sent when that one has arrived. */
    REJECTION,
    /** Tells people in the archive why a series has no result. It belongs to no job. */
    REFUSAL
}
