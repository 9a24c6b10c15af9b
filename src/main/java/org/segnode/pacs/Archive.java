package org.segnode.pacs;

/** What keeps studies, can be asked for them, and gives them. Safe for several threads. */
public interface Archive {
    /**
     * @throws RefusedByPeerException if it says no
     * @throws org.segnode.TemporaryException if it does not answer now
     */
    Matches find(Query query) throws RefusedByPeerException;

    /**
     * Makes it give objects; returns when it says that all are sent.
     *
     * @param intake where they go, unless they come by associations of the archive's own (C-MOVE)
     * @return in the archive's count
     * @throws RefusedByPeerException if it says no
     * @throws org.segnode.TemporaryException if it does not answer now; what has come until then stays
     */
    Retrieved fetch(Retrieval what, Intake intake) throws RefusedByPeerException;
}
