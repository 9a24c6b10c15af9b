package org.segnode.ledger;

/** How far a delivery has come. */
public enum DeliveryState {
    /** To be sent, perhaps when a pause is over. */
    WAITING,
    /** Being sent. */
    SENDING,
    /** The destination has answered with success. */
    ACCEPTED,
    /** Given up, with a reason: a person has to look (dead letter). */
    FAILED
}
