package org.segnode.pacs;

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

    /** Of the response, PS3.4 B.2.3, as A700; or {@link #NO_STATUS}. */
    public int status() {
        return status;
    }

    /** Whether the peer lacked resources (A7xx): a later try may succeed. */
    public boolean mayPass() {
        return status >> 8 == 0xA7;
    }
}
