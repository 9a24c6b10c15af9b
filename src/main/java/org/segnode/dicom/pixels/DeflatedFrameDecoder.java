package org.segnode.dicom.pixels;

import java.io.EOFException;
import java.io.IOException;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/** Deflated Image Frame (PS3.5 A.4.13): the little endian bytes of a frame, deflated (RFC 1951). */
final class DeflatedFrameDecoder implements FrameDecoder {
    @Override
    public void decode(byte[] frame, int rows, int columns, int bitsAllocated, int[] samples) throws IOException {
        int width = bitsAllocated / 8;
        byte[] bytes = new byte[Math.multiplyExact(samples.length, width)];
        inflate(frame, bytes);
        for (int i = 0; i < samples.length; i++) {
            int sample = 0;
            for (int b = 0; b < width; b++) {
                sample |= (bytes[i * width + b] & 0xff) << (8 * b);
            }
            samples[i] = sample;
        }
    }

    private static void inflate(byte[] frame, byte[] bytes) throws IOException {
        Inflater inflater = new Inflater(true);
        try {
            inflater.setInput(frame);
            int filled = 0;
            while (filled < bytes.length) {
                int count = inflater.inflate(bytes, filled, bytes.length - filled);
                if (count == 0) {
                    throw new EOFException("a deflated frame has " + filled + " bytes instead of " + bytes.length);
                }
                filled += count;
            }
        } catch (DataFormatException e) {
            throw new IOException("a frame is not deflated as it should be", e);
        } finally {
            inflater.end();
        }
    }
}
