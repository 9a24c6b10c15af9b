package org.segnode.plan;

import java.io.IOException;

/** A file says something that cannot be used; the message is one line that names the file, the key and the value. */
public class UnusableFileException extends IOException {
    private static final long serialVersionUID = 1L;

    public UnusableFileException(String message) {
        super(message);
    }
}
