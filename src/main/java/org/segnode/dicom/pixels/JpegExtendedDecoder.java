package org.segnode.dicom.pixels;

import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;

/** JPEG Extended (ISO 10918-1 processes 2 and 4): sequential, lossy, 8 or 12 bit, one grey component in one scan. */
final class JpegExtendedDecoder implements FrameDecoder {
    private static final int HUFFMAN_TABLES = 0xFFC4;
    private static final int QUANTIZATION_TABLES = 0xFFDB;
    private static final int RESTART_INTERVAL = 0xFFDD;
    private static final int START_OF_SCAN = 0xFFDA;
    private static final int BASELINE = 0xFFC0;
    private static final int EXTENDED = 0xFFC1;

    @Override
    public void decode(byte[] frame, int rows, int columns, int bitsAllocated, int[] samples) throws IOException {
        try {
            new Decoding(rows, columns).decode(new JpegSegments(frame), samples);
        } catch (BufferUnderflowException e) {
            throw new IOException("a JPEG segment ends early", e);
        }
    }

    /** What the segments of one frame have said so far. */
    private static final class Decoding {
        private final int rows;
        private final int columns;
        private final HuffmanTable[] huffman = new HuffmanTable[8];
        private final int[][] quantization = new int[4][];
        private int precision;
        private int quantizationOfFrame;
        private int restartInterval;

        Decoding(int rows, int columns) {
            this.rows = rows;
            this.columns = columns;
        }

        void decode(JpegSegments segments, int[] samples) throws IOException {
            while (true) {
                ByteBuffer segment = segments.next();
                switch (segments.marker()) {
                    case HUFFMAN_TABLES -> huffman(segment);
                    case QUANTIZATION_TABLES -> quantization(segment);
                    case RESTART_INTERVAL -> restartInterval = segment.getShort() & 0xffff;
                    case BASELINE, EXTENDED -> frame(segment);
                    case START_OF_SCAN -> {
                        scan(segment, segments.rest()).decode(rows, columns, restartInterval, samples);
                        return;
                    }
                    default -> requireSequential(segments.marker());
                }
            }
        }

        /** Class (0 for the first coefficient, 1 for the others) times four, plus number. */
        private void huffman(ByteBuffer segment) throws IOException {
            while (segment.hasRemaining()) {
                int which = segment.get() & 0xff;
                huffman[(which >> 4 & 1) * 4 + (which & 3)] = new HuffmanTable(segment);
            }
        }

        private void quantization(ByteBuffer segment) {
            while (segment.hasRemaining()) {
                int which = segment.get() & 0xff;
                int[] steps = new int[64];
                for (int i = 0; i < steps.length; i++) {
                    steps[i] = which >> 4 == 0 ? segment.get() & 0xff : segment.getShort() & 0xffff;
                }
                quantization[which & 3] = steps;
            }
        }

        private void frame(ByteBuffer segment) throws IOException {
            precision = segment.get() & 0xff;
            int height = segment.getShort() & 0xffff;
            int width = segment.getShort() & 0xffff;
            int components = segment.get() & 0xff;
            if (height != rows || width != columns || components != 1 || (precision != 8 && precision != 12)) {
                throw new IOException("a JPEG frame has " + height + " x " + width + " pixels, " + components
                        + " component(s) and " + precision + " bits instead of " + rows + " x " + columns
                        + ", 1 and 8 or 12");
            }
            segment.getShort();
            quantizationOfFrame = segment.get() & 3;
        }

        private JpegScan scan(ByteBuffer segment, ByteBuffer rest) throws IOException {
            int components = segment.get();
            segment.get();
            int tables = segment.get() & 0xff;
            HuffmanTable steady = huffman[tables >> 4 & 3];
            HuffmanTable alternating = huffman[4 + (tables & 3)];
            int[] steps = quantization[quantizationOfFrame];
            if (precision == 0 || components != 1 || steady == null || alternating == null || steps == null) {
                throw new IOException("a JPEG scan lacks its frame header or tables, or has not one component");
            }
            return new JpegScan(new JpegBits(rest), steady, alternating, steps, precision);
        }

        /** Frames of progressive, lossless, hierarchical and arithmetic coding have markers of their own. */
        private static void requireSequential(int marker) throws IOException {
            if (marker >= 0xFFC2 && marker <= 0xFFCF) {
                throw new IOException(String.format("a JPEG frame of another process (%04X) than extended", marker));
            }
        }
    }
}
