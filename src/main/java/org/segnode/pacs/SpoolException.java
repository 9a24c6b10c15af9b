package org.segnode.pacs;

import java.io.IOException;

/** The disk of the spool failed, not the network. */
final class SpoolException extends IOException {
    private static final long serialVersionUID = 1L;

    SpoolException(IOException cause) {
        super("the spool cannot be written: " + cause.getMessage(), cause);
    }
}
