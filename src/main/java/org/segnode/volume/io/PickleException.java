package org.segnode.volume.io;

import java.io.IOException;

/** A pickle that is damaged, too large, or names something that is not on the list of allowed names. */
public final class PickleException extends IOException {
    private static final long serialVersionUID = 1L;

    public PickleException(String reason) {
        super(reason);
    }

    public PickleException(String reason, Throwable cause) {
        super(reason, cause);
    }
}
