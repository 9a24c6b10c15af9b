package org.segnode.volume.io;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** Refuses headers that claim more than the file or the memory can hold, before any memory is taken for it. */
final class Content {
    private static final int MOST_COMPRESSION = 1032; // of deflate
    private static final int SUSPICIOUS_COMPRESSION = 64;
    private static final int HARMLESS = 1 << 16;

    private Content() {}

    /**
     * A few kilobytes can truly unfold to gigabytes: the numbers, four bytes each, must leave half of the memory free.
     *
     * @param voxels of each channel
     */
    static void requireMemory(Path file, long voxels, long channels) throws UnusableImageException {
        double needed = 4.0 * voxels * channels;
        long memory = Runtime.getRuntime().maxMemory();
        if (needed > memory / 2.0) {
            throw new UnusableImageException(
                    file,
                    "needs " + Math.round(needed / (1 << 20)) + " MiB for its voxels, more than half of the "
                            + (memory >> 20) + " MiB of memory this program may use");
        }
    }

    /** Opens the content once more. */
    interface Opener {
        InputStream open() throws IOException;
    }

    /**
     * Refuses what is certainly not there; where the file would have to be compressed unusually well, it is read through
     * once.
     *
     * @param end bytes that the content must have
     * @param zipped whether the file is compressed by deflate
     */
    static void require(Path file, long end, boolean zipped, Opener opener) throws IOException {
        long size = Files.size(file);
        if (end > (zipped ? size * MOST_COMPRESSION : size)) {
            throw new UnusableImageException(
                    file, "is cut short: its header tells of " + end + " bytes, the file has " + size);
        }
        if (zipped && end > size * SUSPICIOUS_COMPRESSION && end > HARMLESS) {
            try (InputStream in = opener.open()) {
                in.skipNBytes(end);
            } catch (EOFException cut) {
                throw new UnusableImageException(file, "is cut short: its header tells of " + end + " bytes");
            }
        }
    }
}
