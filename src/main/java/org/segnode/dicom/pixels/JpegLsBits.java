package org.segnode.dicom.pixels;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;

/** Bits of a JPEG-LS scan, most significant first; a byte after FF has only seven (T.87 A.1). */
final class JpegLsBits {
    private final ByteBuffer in;
    private int current;
    private int left;

    JpegLsBits(ByteBuffer in) {
        this.in = in;
    }

    int bit() throws IOException {
        if (left == 0) {
            if (!in.hasRemaining()) {
                throw new EOFException("a JPEG-LS scan ends early");
            }
            left = current == 0xff ? 7 : 8;
            current = in.get() & 0xff;
        }
        left--;
        return current >> left & 1;
    }

    int bits(int count) throws IOException {
        int value = 0;
        for (int i = 0; i < count; i++) {
            value = value << 1 | bit();
        }
        return value;
    }

    /** A limited Golomb code (T.87 A.5.3). */
    int golomb(int k, int limit, int quantizedBits) throws IOException {
        int zeros = 0;
        while (bit() == 0) {
            zeros++;
            if (zeros > limit) {
                throw new IOException("a JPEG-LS code of more than " + limit + " zeros");
            }
        }
        return zeros < limit - quantizedBits - 1 ? (zeros << k) + bits(k) : bits(quantizedBits) + 1;
    }
}
