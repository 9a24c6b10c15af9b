package org.segnode;

/** The surroundings failed (peer, disk, database, child process): what was tried is tried again with growing pauses. */
public final class TemporaryException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public TemporaryException(String reason, Throwable cause) {
        super(reason, cause);
    }

    public TemporaryException(String reason) {
        super(reason);
    }
}
