package org.segnode.ledger;

/** What became of a worker's report that a job is done. */
public enum Completion {
    /** Written down; deliveries are on their way. */
    TAKEN,
    /** The series was opened again meanwhile: the result is not sent, the next revision's will be. */
    SUPERSEDED,
    /** The lease had ended and the job is somebody else's: the report is void. */
    LEASE_LOST
}
