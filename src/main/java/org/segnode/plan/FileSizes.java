package org.segnode.plan;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** How large files are once unpacked, without unpacking them. */
public final class FileSizes {
    /** Of a file whose packing is not known: as images pack at best. */
    private static final int USUAL_PACKING = 4;

    private static final int LARGEST_HEADER = 1024;

    private FileSizes() {}

    /**
     * Roughly the bytes of the unpacked file, and no promise: gzip notes them at its end, modulo 4 GiB.
     *
     * @return 0 for a file that is not there; reading it will say so
     */
    public static long unpacked(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            return 0;
        }
        String name = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
        long length = Files.size(file);
        if (name.endsWith(".gz") && length >= 4) {
            long noted = lastNumber(file);
            return noted >= length - length / 1000 - LARGEST_HEADER ? noted : noted + (1L << 32);
        }
        return name.endsWith(".nii") ? length : USUAL_PACKING * length;
    }

    private static long lastNumber(Path file) throws IOException {
        try (RandomAccessFile bytes = new RandomAccessFile(file.toFile(), "r")) {
            bytes.seek(bytes.length() - 4);
            return Integer.toUnsignedLong(Integer.reverseBytes(bytes.readInt()));
        }
    }
}
