package org.segnode.ledger;

/** How far a delivery has come. */
public enum DeliveryState {
    /** To be sent, perhaps when a pause is over. */
    WAITING,
    /** Being sent. */
    SENDING,
    /** The destination has answered with success, and is still to be asked to commit to it. */
    SENT,
    /** The destination was asked to commit to it and has not reported. */
    COMMIT_REQUESTED,
    /** The destination has reported that it keeps it. */
    COMMITTED,
    /** The destination has answered with success and is not asked for more. */
    ACCEPTED,
    /** Not sent, because the archive knows patient or accession otherwise: a person has to look. */
    HELD,
    /** Not sent, because a newer result has taken its place. */
    SUPERSEDED,
    /** Given up, with a reason: a person has to look (dead letter). */
    FAILED;

    /** Whether the destination has it, as safely as it is asked for. */
    public boolean hasArrived() {
        return this == COMMITTED || this == ACCEPTED;
    }

    /** Whether nothing more happens to it unless a person wants it. */
    public boolean isOver() {
        return hasArrived() || this == SUPERSEDED || this == FAILED;
    }
}
