package org.segnode.dicom.pixels;

import java.io.IOException;

/** Undoes one way to compress a frame of grey pixels. */
public interface FrameDecoder {
    /**
     * @param frame the compressed bytes of one frame
     * @param bitsAllocated 8, 16 or 32
     * @param samples receives rows x columns samples, row by row, in the lower bits of an int; signed samples may fill the
     *     bits above
     * @throws IOException if the bytes are not such a frame, or are one of another size
     */
    void decode(byte[] frame, int rows, int columns, int bitsAllocated, int[] samples) throws IOException;
}
