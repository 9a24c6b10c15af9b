package org.segnode.volume.io;

import java.io.IOException;

/**
 * A pickle that is damaged, too large, or names something that is not on the list of allowed names. What the message cites
 * from the file is made printable and cut, so that it stays one line.
 */
public final class PickleException extends IOException {
    private static final long serialVersionUID = 1L;
    private static final int LONGEST = 400;

    public PickleException(String reason) {
        super(printable(reason));
    }

    public PickleException(String reason, Throwable cause) {
        super(printable(reason), cause);
    }

    private static String printable(String reason) {
        String line = reason.length() <= LONGEST ? reason : reason.substring(0, LONGEST) + "…";
        return line.replaceAll("[\\p{Cc}\\u2028\\u2029]", "?");
    }
}
