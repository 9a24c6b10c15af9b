package org.segnode.pacs;

import java.util.Optional;

/**
 * An archive that speaks C-FIND and C-MOVE or C-GET.
 *
 * @param moveTo AE title that objects are to be sent to (C-MOVE); empty: on the same association (C-GET)
 */
public record DimseArchive(RemoteAe peer, QueryScu query, RetrieveScu retrieve, Optional<String> moveTo)
        implements Archive {
    @Override
    public Matches find(Query wanted) throws RefusedByPeerException {
        return query.find(peer, wanted);
    }

    @Override
    public Retrieved fetch(Retrieval what, Intake intake) throws RefusedByPeerException {
        return moveTo.isPresent() ? retrieve.move(peer, moveTo.get(), what) : retrieve.get(peer, what, intake);
    }

    @Override
    public String toString() {
        return peer.toString();
    }
}
