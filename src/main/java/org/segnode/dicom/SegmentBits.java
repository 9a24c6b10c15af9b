package org.segnode.dicom;

import java.io.IOException;
import java.io.OutputStream;
import org.segnode.volume.LabelMap;

/**
 * The pixels of a BINARY segmentation: one bit per pixel, least significant bit first, the frames one after the other
 * without padding between them (PS3.5 8.1.1 and D.3), padded at the end to an even number of bytes.
 */
final class SegmentBits {
    /** A value length of 4 GiB - 1 stands for "undefined". */
    private static final long MOST_BYTES = 0xFFFFFFFEL;

    private SegmentBits() {}

    /** Bytes of the value, padding included. */
    static long length(LabelMap labelMap, SegmentationFrames frames) {
        long bits = (long) labelMap.shape().rows()
                * labelMap.shape().columns()
                * frames.frames().size();
        long bytes = (bits + 15) / 16 * 2;
        if (bytes > MOST_BYTES) {
            throw new IllegalArgumentException("the segmentation needs " + bytes + " bytes of pixel data, a DICOM value"
                    + " holds at most " + MOST_BYTES);
        }
        return bytes;
    }

    /** @param labelOf label of each segment, by segment number - 1 */
    static void write(LabelMap labelMap, SegmentationFrames frames, int[] labelOf, OutputStream out)
            throws IOException {
        int plane = labelMap.shape().rows() * labelMap.shape().columns();
        short[] labels = labelMap.labels();
        int bits = 0;
        int used = 0;
        long written = 0;
        for (SegmentationFrames.Frame frame : frames.frames()) {
            int start = frame.slice() * plane;
            int wanted = labelOf[frame.segment() - 1];
            for (int i = start; i < start + plane; i++) {
                if (labels[i] == wanted) {
                    bits |= 1 << used;
                }
                if (++used == 8) {
                    out.write(bits);
                    written++;
                    bits = 0;
                    used = 0;
                }
            }
        }
        if (used > 0) {
            out.write(bits);
            written++;
        }
        if (written % 2 == 1) {
            out.write(0);
        }
    }
}
