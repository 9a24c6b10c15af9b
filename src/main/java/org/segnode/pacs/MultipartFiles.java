package org.segnode.pacs;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Enumeration;
import java.util.Iterator;
import java.util.List;
import java.util.function.Supplier;
import org.segnode.TemporaryException;

/** Files as the parts of a {@code multipart/related} message (PS3.18 8.6.1.2), the counterpart of {@link MultipartReader}. */
final class MultipartFiles {
    private MultipartFiles() {}

    /**
     * The whole message. Each file is opened when it is its turn; one that cannot be is a TemporaryException of the reader.
     *
     * @param boundary that no file holds
     */
    static InputStream message(List<Path> files, String boundary) {
        List<Supplier<InputStream>> pieces = new ArrayList<>();
        for (Path file : files) {
            pieces.add(() -> ascii("--" + boundary + "\r\nContent-Type: application/dicom\r\n\r\n"));
            pieces.add(() -> opened(file));
            pieces.add(() -> ascii("\r\n"));
        }
        pieces.add(() -> ascii("--" + boundary + "--\r\n"));
        return new SequenceInputStream(new OneAfterTheOther(pieces.iterator()));
    }

    private record OneAfterTheOther(Iterator<Supplier<InputStream>> pieces) implements Enumeration<InputStream> {
        @Override
        public boolean hasMoreElements() {
            return pieces.hasNext();
        }

        @Override
        public InputStream nextElement() {
            return pieces.next().get();
        }
    }

    private static InputStream opened(Path file) {
        try {
            return Files.newInputStream(file);
        } catch (IOException e) {
            throw new TemporaryException(file + " cannot be read: " + e.getMessage(), e);
        }
    }

    private static InputStream ascii(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.US_ASCII));
    }
}
