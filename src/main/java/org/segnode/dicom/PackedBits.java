package org.segnode.dicom;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.aoju.bus.image.galaxy.data.VR;
import org.aoju.bus.image.galaxy.io.ImageInputStream;
import org.segnode.dicom.pixels.FrameDecoder;

/**
 * Pixels of one bit, the first in the least significant bit of a byte, the frames one after the other without padding (PS3.5
 * 8.1.1). In big endian words the bytes of each two are exchanged.
 */
final class PackedBits implements SetPixels {
    private final ImageInputStream stream;
    private final int exchange;
    private final byte[] buffer = new byte[1 << 16];
    private final ByteBuffer words = ByteBuffer.wrap(buffer);
    private int filled;
    private int at;
    private int bit;

    PackedBits(ImageInputStream stream) {
        this.stream = stream;
        this.exchange = stream.bigEndian() && stream.vr() == VR.OW ? 1 : 0;
    }

    /** Frames that were packed before they were compressed, each from a byte of its own. */
    static FrameReader compressed(Fragments fragments, FrameDecoder decoder) {
        return samples -> {
            int[] bytes = new int[(samples.length + 7) / 8];
            decoder.decode(fragments.next(), 1, bytes.length, 8, bytes);
            for (int i = 0; i < samples.length; i++) {
                samples[i] = bytes[i / 8] >> i % 8 & 1;
            }
        };
    }

    @Override
    public void nextFrame() {
        // the frame before was read to its end, where this one begins
    }

    @Override
    public int next(int from, int pixels) throws IOException {
        return skip(0, from, pixels);
    }

    @Override
    public int end(int from, int pixels) throws IOException {
        return skip(0xff, from, pixels);
    }

    @Override
    public int sample() {
        return 1;
    }

    /**
     * Over bits that are alike.
     *
     * @param alike 8 of them
     */
    private int skip(int alike, int from, int pixels) throws IOException {
        int i = from;
        while (i < pixels) {
            if (at == filled) {
                fill();
            }
            if (pixels - i >= Long.SIZE && alike == 0 && bit == 0 && isZeros()) {
                at += Long.BYTES;
                i += Long.SIZE;
                continue;
            }
            int others = ((buffer[at ^ exchange] ^ alike) & 0xff) >> bit;
            int some = others == 0 ? Byte.SIZE - bit : Integer.numberOfTrailingZeros(others);
            int within = Math.min(some, pixels - i);
            i += within;
            at += (bit + within) / Byte.SIZE;
            bit = (bit + within) % Byte.SIZE;
            if (others != 0) {
                return i;
            }
        }
        return pixels;
    }

    /** Whether the next 64 bits are 0, where that can be seen at once. */
    private boolean isZeros() {
        return at % Long.BYTES == 0 && filled - at >= Long.BYTES && words.getLong(at) == 0;
    }

    /** An even number of bytes, but at the end of the file. */
    private void fill() throws IOException {
        at = 0;
        filled = 0;
        int read;
        do {
            read = stream.read(buffer, filled, buffer.length - filled);
            filled += Math.max(0, read);
        } while (read > 0 && filled % 2 != 0);
        if (filled == 0) {
            throw new EOFException("the pixel data end early");
        }
    }
}
