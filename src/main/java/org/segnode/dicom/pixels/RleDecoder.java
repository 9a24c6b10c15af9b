package org.segnode.dicom.pixels;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** RLE Lossless (PS3.5 Annex G): a frame is one PackBits segment per byte of a sample, the most significant byte first. */
final class RleDecoder implements FrameDecoder {
    private static final int HEADER = 64;

    @Override
    public void decode(byte[] frame, int rows, int columns, int bitsAllocated, int[] samples) throws IOException {
        if (frame.length < HEADER) {
            throw new EOFException("an RLE frame of " + frame.length + " bytes");
        }
        ByteBuffer header = ByteBuffer.wrap(frame, 0, HEADER).order(ByteOrder.LITTLE_ENDIAN);
        int segments = header.getInt();
        if (segments != bitsAllocated / 8) {
            throw new IOException("an RLE frame has " + segments + " segments instead of " + bitsAllocated / 8);
        }
        java.util.Arrays.fill(samples, 0);
        for (int s = 0; s < segments; s++) {
            segment(frame, header.getInt(), 8 * (segments - 1 - s), samples);
        }
    }

    private static void segment(byte[] frame, int start, int shift, int[] samples) throws IOException {
        int at = start;
        int place = 0;
        while (place < samples.length) {
            int count = byteAt(frame, at++);
            int length = count < 128 ? count + 1 : count == 128 ? 0 : 257 - count;
            if (length > samples.length - place) {
                length = samples.length - place;
            }
            if (count > 128) {
                int value = byteAt(frame, at++) << shift;
                for (int i = 0; i < length; i++) {
                    samples[place++] |= value;
                }
            } else {
                for (int i = 0; i < length; i++) {
                    samples[place++] |= byteAt(frame, at++) << shift;
                }
            }
        }
    }

    private static int byteAt(byte[] frame, int at) throws IOException {
        if (at < HEADER || at >= frame.length) {
            throw new EOFException("an RLE segment ends after " + frame.length + " bytes");
        }
        return frame[at] & 0xff;
    }
}
