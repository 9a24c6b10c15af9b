package org.segnode.cli;

/** A command could not do what it was asked; the message is the reason, in one line, and the exit code is 1. */
final class CommandFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    CommandFailure(String reason) {
        super(reason);
    }

    CommandFailure(String reason, Throwable cause) {
        super(reason, cause);
    }
}
