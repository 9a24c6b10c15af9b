package org.segnode.node.settings;

/** Whether a destination is asked to commit to what it was sent (PS3.4 Annex J), and where its report is awaited. */
public enum Commitment {
    /** Success of the C-STORE is enough. */
    NONE,
    /** The association of the request stays open for the report. */
    SAME_ASSOCIATION,
    /** The destination opens an association to the node for the report. */
    NEW_ASSOCIATION
}
