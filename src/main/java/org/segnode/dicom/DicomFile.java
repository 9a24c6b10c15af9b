package org.segnode.dicom;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.aoju.bus.image.Tag;
import org.aoju.bus.image.UID;
import org.aoju.bus.image.galaxy.data.Attributes;
import org.aoju.bus.image.galaxy.io.ImageInputStream;
import org.segnode.TemporaryException;
import org.segnode.UnusableSeriesException;

/** A DICOM file that has been read up to its Pixel Data (7FE0,0010); what follows is read from {@link #stream()}. */
final class DicomFile implements AutoCloseable {
    /** A length is only a claim: memory for longer values is taken as the file yields them. */
    private static final int FIRST_ALLOCATION = 1 << 18;

    /** The most that Deflate can pack into one byte. */
    private static final long MOST_DEFLATED = 1032;

    private final Path path;
    private final ImageInputStream stream;
    private final Attributes attributes;
    private final String transferSyntax;

    private DicomFile(Path path, ImageInputStream stream) throws IOException {
        this.path = path;
        this.stream = stream;
        stream.setAllocateLimit(FIRST_ALLOCATION);
        Attributes meta = stream.getFileMetaInformation();
        this.attributes = stream.readDataset(-1, Tag.PixelData);
        String named = meta == null ? null : meta.getString(Tag.TransferSyntaxUID);
        String seen = stream.getTransferSyntax();
        this.transferSyntax = named != null ? named.trim() : seen != null ? seen : UID.ImplicitVRLittleEndian;
    }

    /**
     * Preamble and file meta information may be missing.
     *
     * @throws UnusableSeriesException if it is no DICOM file, or is cut off before its pixel data
     * @throws TemporaryException if the disk does not give it
     */
    static DicomFile open(Path path) throws UnusableSeriesException {
        ImageInputStream stream = null;
        try {
            stream = new ImageInputStream(new BufferedInputStream(new DiskStream(path), 1 << 16));
            DicomFile file = new DicomFile(path, stream);
            if (file.attributes.isEmpty()) {
                throw new UnusableSeriesException(name(path) + " is not a DICOM file: it holds no data set");
            }
            return file;
        } catch (IOException | RuntimeException | StackOverflowError | UnusableSeriesException e) {
            close(stream);
            throw reason(path, e);
        }
    }

    Path path() {
        return path;
    }

    /** Everything before the pixel data. */
    Attributes attributes() {
        return attributes;
    }

    String transferSyntax() {
        return transferSyntax;
    }

    boolean hasPixelData() {
        return stream.tag() == Tag.PixelData;
    }

    /** Whether the pixel data come as fragments (PS3.5 A.4) instead of as one value. */
    boolean isEncapsulated() {
        return hasPixelData() && stream.length() == -1;
    }

    /** Length of the pixel data value in bytes, as announced; only for data that are not encapsulated. */
    long announcedPixelBytes() {
        return Integer.toUnsignedLong(stream.length());
    }

    /** Stands at the first byte of the pixel data, or at the end if there are none. */
    ImageInputStream stream() {
        return stream;
    }

    /**
     * Reads to the end and checks that nothing is missing.
     *
     * @throws UnusableSeriesException if the file is cut off, or the pixel data are shorter than rows, columns and frames say
     */
    void requireComplete() throws UnusableSeriesException {
        try {
            if (!hasPixelData()) {
                requireNoPixelsExpected();
            } else if (isEncapsulated()) {
                skipFragments();
            } else {
                PixelLayout.requireLength(this);
                stream.skipFully(announcedPixelBytes());
            }
            stream.readDataset(-1, -1);
        } catch (IOException | RuntimeException | StackOverflowError e) {
            throw reason(path, e);
        }
    }

    /** Before memory is taken for what a length claims. */
    void requireRoomFor(long bytes) throws UnusableSeriesException {
        try {
            long size = Files.size(path);
            boolean deflated = UID.DeflatedExplicitVRLittleEndian.equals(transferSyntax);
            if (bytes > (deflated ? MOST_DEFLATED * size : size)) {
                throw new UnusableSeriesException(name(path) + " is cut off: its pixel data should have " + bytes
                        + " bytes, the file has " + size);
            }
        } catch (IOException e) {
            throw new TemporaryException("cannot read the size of " + path, e);
        }
    }

    private void requireNoPixelsExpected() throws UnusableSeriesException {
        boolean other = attributes.contains(Tag.FloatPixelData) || attributes.contains(Tag.DoubleFloatPixelData);
        if (attributes.getInt(Tag.Rows, 0) > 0 && !other) {
            throw new UnusableSeriesException(name(path) + " is cut off: it has rows and columns but no pixel data");
        }
    }

    private void skipFragments() throws IOException {
        while (stream.readItemHeader()) {
            stream.skipFully(Integer.toUnsignedLong(stream.length()));
        }
    }

    /** What went wrong with a file, in words. Errors of the disk pass through. */
    static UnusableSeriesException reason(Path path, Throwable cause) {
        if (cause instanceof UnusableSeriesException reason) {
            return reason;
        }
        if (cause instanceof TemporaryException disk) {
            throw disk;
        }
        if (cause instanceof EOFException) {
            return new UnusableSeriesException(name(path) + " is cut off: the file ends within the data set", cause);
        }
        return new UnusableSeriesException(name(path) + " is not a readable DICOM file: " + plain(cause), cause);
    }

    static String name(Path path) {
        return "file " + path.getFileName();
    }

    private static String plain(Throwable cause) {
        String message = cause.getMessage();
        return message == null || message.isBlank() ? cause.getClass().getSimpleName() : message;
    }

    private static void close(java.io.@org.jspecify.annotations.Nullable Closeable stream) {
        try {
            if (stream != null) {
                stream.close();
            }
        } catch (IOException e) {
            throw new TemporaryException("a file cannot be closed", e);
        }
    }

    @Override
    public void close() {
        close(stream);
    }

    /** Tells a failing disk (temporary) from a file whose content is wrong (final). */
    private static final class DiskStream extends FilterInputStream {
        private final Path path;

        DiskStream(Path path) {
            super(opened(path));
            this.path = path;
        }

        private static InputStream opened(Path path) {
            try {
                return Files.newInputStream(path);
            } catch (IOException e) {
                throw new TemporaryException("cannot open " + path, e);
            }
        }

        @Override
        public int read() {
            try {
                return super.read();
            } catch (IOException e) {
                throw new TemporaryException("cannot read " + path, e);
            }
        }

        @Override
        public int read(byte[] bytes, int offset, int length) {
            try {
                return super.read(bytes, offset, length);
            } catch (IOException e) {
                throw new TemporaryException("cannot read " + path, e);
            }
        }
    }
}
