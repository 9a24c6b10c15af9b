package org.segnode.pacs;

import org.aoju.bus.image.Tag;
import org.aoju.bus.image.galaxy.data.Attributes;

/** The peer has understood and said no: to an association, to a presentation context, or to an object. */
public final class RefusedByPeerException extends Exception {
    private static final long serialVersionUID = 1L;

    /** Where there is no status because no object was sent. */
    public static final int NO_STATUS = -1;

    private final int status;

    RefusedByPeerException(int status, String reason) {
        super(reason);
        this.status = status;
    }

    RefusedByPeerException(String reason) {
        this(NO_STATUS, reason);
    }

    /** Of a last response that is a failure. */
    static RefusedByPeerException of(RemoteAe peer, String what, Attributes response) {
        int status = response.getInt(Tag.Status, NO_STATUS);
        String comment = response.getString(Tag.ErrorComment, "");
        return new RefusedByPeerException(
                status,
                String.format("%s answers %s with status %04X", peer, what, status)
                        + (comment.isEmpty() ? "" : ": " + comment));
    }

    /** Of the response, PS3.4 B.2.3, as A700; or {@link #NO_STATUS}. */
    public int status() {
        return status;
    }

    /** Whether the peer lacked resources (A7xx): a later try may succeed. */
    public boolean mayPass() {
        return status >> 8 == 0xA7;
    }
}
