package org.segnode.dicom.pixels;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;

/** JPEG-LS (ITU-T T.87), lossless and near-lossless, one grey component in one scan. */
final class JpegLsDecoder implements FrameDecoder {
    private static final int START_OF_FRAME = 0xFFF7;
    private static final int PRESETS = 0xFFF8;
    private static final int START_OF_SCAN = 0xFFDA;
    private static final int RESTART_INTERVAL = 0xFFDD;

    @Override
    public void decode(byte[] frame, int rows, int columns, int bitsAllocated, int[] samples) throws IOException {
        JpegSegments segments = new JpegSegments(frame);
        int precision = 0;
        int[] presets = new int[5];
        while (true) {
            ByteBuffer segment = segments.next();
            switch (segments.marker()) {
                case START_OF_FRAME -> precision = precision(segment, rows, columns);
                case PRESETS -> presets = presets(segment);
                case RESTART_INTERVAL -> throw new IOException("JPEG-LS with restart intervals is not supported");
                case START_OF_SCAN -> {
                    scan(segment, precision, presets, segments.rest(), columns, samples);
                    return;
                }
                default -> {
                    // application data and comments change nothing
                }
            }
        }
    }

    private static void scan(
            ByteBuffer segment, int precision, int[] presets, ByteBuffer in, int columns, int[] samples)
            throws IOException {
        if (precision == 0 || segment.remaining() < 6 || segment.get(0) != 1) {
            throw new IOException("a JPEG-LS scan has no frame header, or not one component");
        }
        int near = segment.get(3) & 0xff;
        int shift = segment.get(5) & 0x0f;
        JpegLsParameters parameters = JpegLsParameters.of(precision, near, presets);
        new JpegLsScan(parameters, new JpegLsBits(in)).decode(columns, samples);
        if (shift > 0) {
            for (int i = 0; i < samples.length; i++) {
                samples[i] <<= shift;
            }
        }
    }

    private static int precision(ByteBuffer segment, int rows, int columns) throws IOException {
        if (segment.remaining() < 6) {
            throw new EOFException("a JPEG-LS frame header of " + segment.remaining() + " bytes");
        }
        int precision = segment.get() & 0xff;
        int height = segment.getShort() & 0xffff;
        int width = segment.getShort() & 0xffff;
        int components = segment.get() & 0xff;
        if (height != rows || width != columns || components != 1 || precision < 2 || precision > 16) {
            throw new IOException(
                    "a JPEG-LS frame has " + height + " x " + width + " pixels, " + components + " component(s) and "
                            + precision + " bits instead of " + rows + " x " + columns + ", 1 and 2 to 16");
        }
        return precision;
    }

    /** MAXVAL, T1, T2, T3, RESET; 0 stands for the default. */
    private static int[] presets(ByteBuffer segment) throws IOException {
        if (segment.remaining() < 11 || segment.get() != 1) {
            throw new IOException("JPEG-LS mapping tables and oversize images are not supported");
        }
        int[] presets = new int[5];
        for (int i = 0; i < presets.length; i++) {
            presets[i] = segment.getShort() & 0xffff;
        }
        return presets;
    }
}
