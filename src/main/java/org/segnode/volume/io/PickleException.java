package org.segnode.volume.io;

import java.io.IOException;

/**
 * A pickle that is damaged, too large, or names something that is not on the list of allowed names. What the message cites
 * from the file is made printable and cut, so that it stays one line.
 */
public final class PickleException extends IOException {
    private static final long serialVersionUID = 1L;

    public PickleException(String reason) {
        super(Printable.line(reason));
    }

    public PickleException(String reason, Throwable cause) {
        super(Printable.line(reason), cause);
    }
}
