package org.segnode.pacs;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.aoju.bus.image.Status;
import org.aoju.bus.image.Tag;
import org.aoju.bus.image.galaxy.data.Attributes;
import org.aoju.bus.image.metric.internal.pdu.Presentation;

/** Asks archives what they have (C-FIND, Study Root information model, PS3.4 C.4.1). Safe for several threads. */
public final class QueryScu {
    /** Answers that are taken unless told otherwise. */
    public static final int DEFAULT_MOST = 10_000;

    private final String callingAet;
    private final ScuTimeouts timeouts;
    private final int most;

    public QueryScu(String callingAet) {
        this(callingAet, ScuTimeouts.DEFAULT, DEFAULT_MOST);
    }

    /** @param most answers that are taken; an archive that has more is told to stop (C-CANCEL) */
    public QueryScu(String callingAet, ScuTimeouts timeouts, int most) {
        this.callingAet = AeTitle.require("the calling AE title", callingAet);
        this.timeouts = timeouts;
        if (most < 1) {
            throw new IllegalArgumentException("at least 1 answer is taken, is " + most);
        }
        this.most = most;
    }

    /**
     * @return what matches; answers without a valid UID are left out and counted
     * @throws RefusedByPeerException if the archive rejects the association, offers no C-FIND, or answers with a failure
     * @throws org.segnode.TemporaryException if it cannot be reached, is silent for too long, or the association breaks
     * @throws IllegalArgumentException if a keyword of the query is not one of DICOM
     */
    public Matches find(RemoteAe peer, Query query) throws RefusedByPeerException {
        Attributes identifier = QueryKeys.identifier(query);
        List<Presentation> contexts = List.of(StorageContexts.query(SopClasses.STUDY_ROOT_FIND));
        try (ScuAssociation association = new ScuAssociation(callingAet, peer, contexts, timeouts)) {
            if (!association.accepts(SopClasses.STUDY_ROOT_FIND)) {
                throw new RefusedByPeerException(peer + " offers no queries (C-FIND, Study Root)");
            }
            Answers answers = new Answers(query, most);
            ScuResponses responses = association.find(SopClasses.STUDY_ROOT_FIND, identifier, answers::take);
            if (!responses.cancelled()) {
                check(peer, responses.last());
            }
            return new Matches(answers.found, !responses.cancelled(), answers.unusable);
        }
    }

    private static void check(RemoteAe peer, Attributes response) throws RefusedByPeerException {
        if (response.getInt(Tag.Status, RefusedByPeerException.NO_STATUS) != Status.Success) {
            throw RefusedByPeerException.of(peer, "the query", response);
        }
    }

    /** Filled by one thread, read when the exchange is over. */
    private static final class Answers {
        private final Query query;
        private final int most;
        private final List<Match> found = new ArrayList<>();
        private final Set<String> uids = new HashSet<>();
        private int taken;
        private int unusable;

        Answers(Query query, int most) {
            this.query = query;
            this.most = most;
        }

        /** @return whether more may come */
        boolean take(Attributes identifier) {
            if (taken == most) {
                return false;
            }
            taken++;
            Match match = QueryKeys.match(query, identifier);
            if (!Uid.isValid(match.uid())) {
                unusable++;
            } else if (uids.add(match.uid())) {
                found.add(match);
            }
            return true;
        }
    }
}
