package org.segnode.volume.io;

import java.io.IOException;
import java.nio.file.Path;

/** A file does not hold a volume that can be used; the message is one line with the file's name and the reason. */
public class UnusableImageException extends IOException {
    private static final long serialVersionUID = 1L;

    public UnusableImageException(String message) {
        super(Printable.line(message));
    }

    UnusableImageException(Path file, String reason) {
        super(Printable.line(file.getFileName() + ": " + reason));
    }
}
