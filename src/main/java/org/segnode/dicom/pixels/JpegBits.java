package org.segnode.dicom.pixels;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;

/** Bits of a JPEG scan, most significant first; FF in the data is followed by 00 (T.81 F.1.2.3). */
final class JpegBits {
    private static final int MARKER = 0xff;

    private final ByteBuffer in;
    private int current;
    private int left;

    JpegBits(ByteBuffer in) {
        this.in = in;
    }

    int bit() throws IOException {
        if (left == 0) {
            current = next();
            if (current == MARKER && next() != 0) {
                throw new EOFException("a JPEG scan ends early");
            }
            left = 8;
        }
        left--;
        return current >> left & 1;
    }

    /** A number of so many bits, of which the lower half are negative (T.81 F.2.2.1). */
    int signed(int count) throws IOException {
        int value = 0;
        for (int i = 0; i < count; i++) {
            value = value << 1 | bit();
        }
        return count > 0 && value < 1 << (count - 1) ? value - (1 << count) + 1 : value;
    }

    /** Passes a restart marker: it begins at a whole byte. */
    void restart() throws IOException {
        left = 0;
        int marker = next();
        while (marker == MARKER) {
            marker = next();
        }
        if (marker < 0xd0 || marker > 0xd7) {
            throw new IOException("a JPEG scan has no restart marker where one should be");
        }
    }

    private int next() throws IOException {
        if (!in.hasRemaining()) {
            throw new EOFException("a JPEG scan ends early");
        }
        return in.get() & 0xff;
    }
}
