package org.segnode;

/**
 * The data cannot be used, now or later: it is set aside and shown with this message, and not retried. The message is for
 * people: plain words with the number, slice or attribute that is wrong, and no patient data.
 */
public final class UnusableSeriesException extends Exception {
    private static final long serialVersionUID = 1L;

    public UnusableSeriesException(String reason) {
        super(reason);
    }

    public UnusableSeriesException(String reason, Throwable cause) {
        super(reason, cause);
    }
}
