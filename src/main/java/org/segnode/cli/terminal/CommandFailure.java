package org.segnode.cli.terminal;

/** A command could not do what it was asked; the message is the reason, in one line, and the exit code is 1. */
public final class CommandFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public CommandFailure(String reason) {
        super(reason);
    }

    public CommandFailure(String reason, Throwable cause) {
        super(reason, cause);
    }
}
