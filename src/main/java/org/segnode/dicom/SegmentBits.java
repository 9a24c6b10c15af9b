package org.segnode.dicom;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import org.segnode.volume.Shape;

/**
 * The pixels of a BINARY segmentation: one bit per pixel, least significant bit first, the frames one after the other
 * without padding between them (PS3.5 8.1.1 and D.3), padded at the end to an even number of bytes.
 */
final class SegmentBits {
    /** A value length of 4 GiB - 1 stands for "undefined". */
    private static final long MOST_BYTES = 0xFFFFFFFEL;

    private SegmentBits() {}

    /** Bytes of the value, padding included. */
    static long length(Shape shape, SegmentationFrames frames) {
        long bits = (long) shape.rows() * shape.columns() * frames.frames().size();
        long bytes = (bits + 15) / 16 * 2;
        if (bytes > MOST_BYTES) {
            throw new IllegalArgumentException("the segmentation needs " + bytes + " bytes of pixel data, a DICOM value"
                    + " holds at most " + MOST_BYTES);
        }
        return bytes;
    }

    /** @param labelOf label of each segment, by segment number - 1 */
    static void write(SourceLabels source, SegmentationFrames frames, int[] labelOf, OutputStream out)
            throws IOException {
        int plane = source.shape().rows() * source.shape().columns();
        short[] labels = source.labels();
        BitSink sink = new BitSink(out);
        for (SegmentationFrames.Frame frame : frames.frames()) {
            int columns = source.shape().columns();
            int start = frame.slice() * plane;
            int wanted = labelOf[frame.segment() - 1];
            sink.zeros(frame.firstRow() * columns);
            for (int i = start + frame.firstRow() * columns, end = start + frame.endRow() * columns; i < end; i++) {
                sink.put(labels[i] == wanted);
            }
            sink.zeros(plane - frame.endRow() * columns);
        }
        sink.finish();
    }

    /** Packs bits into bytes, the first into the lowest place. */
    private static final class BitSink {
        private final OutputStream out;
        private final byte[] block = new byte[1 << 16];
        private int bits; // of the block that are used
        private long bytes;

        BitSink(OutputStream out) {
            this.out = out;
        }

        void put(boolean bit) throws IOException {
            if (bit) {
                block[bits >> 3] |= (byte) (1 << (bits & 7));
            }
            if (++bits == 8 * block.length) {
                flush();
            }
        }

        void zeros(int count) throws IOException {
            int left = count;
            while (left > 0) {
                int some = Math.min(left, 8 * block.length - bits);
                bits += some;
                left -= some;
                if (bits == 8 * block.length) {
                    flush();
                }
            }
        }

        void finish() throws IOException {
            flush();
            if (bytes % 2 == 1) {
                out.write(0);
            }
        }

        private void flush() throws IOException {
            int full = (bits + 7) / 8;
            out.write(block, 0, full);
            bytes += full;
            Arrays.fill(block, 0, full, (byte) 0);
            bits = 0;
        }
    }
}
