package org.segnode.pacs;

import java.util.List;
import org.aoju.bus.image.Status;
import org.aoju.bus.image.Tag;
import org.aoju.bus.image.galaxy.data.Attributes;
import org.aoju.bus.image.metric.internal.pdu.Presentation;

/** Makes archives send objects: to an AE by C-MOVE, or to us on the same association by C-GET (PS3.4 C.4.2, C.4.3). */
public final class RetrieveScu {
    private static final int SUBOPERATIONS_FAILED = 0xB000;
    private static final int DESTINATION_UNKNOWN = 0xA801;

    private final String callingAet;
    private final ScuTimeouts timeouts;

    public RetrieveScu(String callingAet) {
        this(callingAet, ScuTimeouts.DEFAULT);
    }

    /** @param timeouts response: also how long an archive may take between two objects */
    public RetrieveScu(String callingAet, ScuTimeouts timeouts) {
        this.callingAet = AeTitle.require("the calling AE title", callingAet);
        this.timeouts = timeouts;
    }

    /**
     * C-MOVE.
     *
     * @param destinationAet who gets the objects, by a name that the archive knows
     * @throws RefusedByPeerException if the archive rejects the association, offers no C-MOVE, or answers with a failure
     * @throws org.segnode.TemporaryException if it cannot be reached, is silent for too long, or the association breaks
     */
    public Retrieved move(RemoteAe archive, String destinationAet, Retrieval what) throws RefusedByPeerException {
        AeTitle.require("the AE title of the destination", destinationAet);
        List<Presentation> contexts = List.of(StorageContexts.query(SopClasses.STUDY_ROOT_MOVE));
        try (ScuAssociation association = new ScuAssociation(callingAet, archive, contexts, timeouts)) {
            if (!association.accepts(SopClasses.STUDY_ROOT_MOVE)) {
                throw new RefusedByPeerException(archive + " offers no retrieval by C-MOVE (Study Root)");
            }
            Attributes last = association
                    .move(SopClasses.STUDY_ROOT_MOVE, what.identifier(), destinationAet)
                    .last();
            if (last.getInt(Tag.Status, 0) == DESTINATION_UNKNOWN) {
                throw new RefusedByPeerException(
                        DESTINATION_UNKNOWN, archive + " does not know " + destinationAet + " as a destination");
            }
            return retrieved(archive, last);
        }
    }

    /**
     * C-GET.
     *
     * @return in the archive's count; the intake's listener has been told of what arrived, and that it is over
     * @throws RefusedByPeerException if the archive rejects the association, offers no C-GET, or answers with a failure
     * @throws org.segnode.TemporaryException if it cannot be reached, stalls, or the association breaks; what has arrived
     *     until then stays
     */
    public Retrieved get(RemoteAe archive, Retrieval what, Intake intake) throws RefusedByPeerException {
        StoreSubOperations stores = new StoreSubOperations(intake, timeouts);
        try (ScuAssociation association =
                new ScuAssociation(callingAet, archive, StorageContexts.forGet(), timeouts, stores)) {
            if (!association.accepts(SopClasses.STUDY_ROOT_GET)) {
                throw new RefusedByPeerException(archive + " offers no retrieval by C-GET (Study Root)");
            }
            return retrieved(
                    archive,
                    association
                            .get(SopClasses.STUDY_ROOT_GET, what.identifier())
                            .last());
        }
    }

    private static Retrieved retrieved(RemoteAe archive, Attributes last) throws RefusedByPeerException {
        int status = last.getInt(Tag.Status, RefusedByPeerException.NO_STATUS);
        if (status != Status.Success && status != SUBOPERATIONS_FAILED) {
            throw RefusedByPeerException.of(archive, "the retrieval", last);
        }
        return Retrieved.of(last);
    }
}
