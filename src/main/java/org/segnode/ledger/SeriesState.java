package org.segnode.ledger;

/** How far a series has come. */
public enum SeriesState {
    /** Objects are awaited. */
    OPEN,
    /** Complete as far as can be told; nobody has decided yet what becomes of it. */
    CLOSED,
    /** It has an outcome with a reason. */
    DECIDED
}
