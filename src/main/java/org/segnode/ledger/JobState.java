package org.segnode.ledger;

/** How far a job has come. */
public enum JobState {
    /** Waits for a worker, perhaps until a pause is over. */
    READY,
    /** A worker has it, and says so again before its lease ends. */
    RUNNING,
    /** The result lies on disk and is being delivered. */
    SEGMENTED,
    /** Every destination has accepted the result. */
    COMPLETE,
    /** Given up, with a reason: a person has to look (dead letter). */
    FAILED,
    /** A late object opened the series again; a job of the next revision takes its place. */
    SUPERSEDED
}
