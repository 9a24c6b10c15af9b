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
        int columns = source.shape().columns();
        int plane = source.shape().rows() * columns;
        BitSink sink = new BitSink(out);
        for (SegmentationFrames.Frame frame : frames.frames()) {
            sink.zeros(frame.firstRow() * columns);
            int start = frame.slice() * plane;
            writeRuns(
                    source.labels(),
                    start + frame.firstRow() * columns,
                    start + frame.endRow() * columns,
                    labelOf[frame.segment() - 1],
                    sink);
            sink.zeros(plane - frame.endRow() * columns);
        }
        sink.finish();
    }

    private static void writeRuns(short[] labels, int from, int to, int wanted, BitSink sink) throws IOException {
        int i = from;
        while (i < to) {
            int begin = i;
            while (i < to && labels[i] != wanted) {
                i++;
            }
            int first = i;
            while (i < to && labels[i] == wanted) {
                i++;
            }
            sink.zeros(first - begin);
            sink.ones(i - first);
        }
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

        void zeros(int count) throws IOException {
            put(count, false);
        }

        void ones(int count) throws IOException {
            put(count, true);
        }

        private void put(int count, boolean set) throws IOException {
            int left = count;
            while (left > 0) {
                int some = Math.min(left, 8 * block.length - bits);
                if (set) {
                    set(bits, bits + some);
                }
                bits += some;
                left -= some;
                if (bits == 8 * block.length) {
                    flush();
                }
            }
        }

        /** @param to after the last */
        private void set(int from, int to) {
            int first = from >> 3;
            int last = (to - 1) >> 3;
            int head = 0xff << (from & 7);
            int tail = 0xff >> (7 - (to - 1 & 7));
            if (first == last) {
                block[first] |= (byte) (head & tail);
                return;
            }
            block[first] |= (byte) head;
            Arrays.fill(block, first + 1, last, (byte) 0xff);
            block[last] |= (byte) tail;
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
