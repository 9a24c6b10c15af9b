package org.segnode.ledger;

/** By what proof a series counts as complete, the strongest first. */
public enum ClosingRule {
    /** As many objects as the rule says. */
    EXPECTED_COUNT,
    /** As many objects as the archive counts, twice the same some time apart, and the association was released. */
    ARCHIVE_COUNT,
    /** The association was released and nothing came for the quiet time. */
    RELEASED_AND_QUIET,
    /** Nothing came for the longest wait; something may be missing. */
    TIMER
}
