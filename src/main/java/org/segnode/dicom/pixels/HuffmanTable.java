package org.segnode.dicom.pixels;

import java.io.IOException;
import java.nio.ByteBuffer;

/** Codes of a JPEG scan and what they stand for (T.81 Annex C and F.2.2.3). */
final class HuffmanTable {
    private static final int LONGEST = 16;

    private final int[] codesOfLength = new int[LONGEST + 1];
    private final int[] values;

    /** @param segment at the 16 counts of a table; afterwards behind its values */
    HuffmanTable(ByteBuffer segment) throws IOException {
        int all = 0;
        for (int length = 1; length <= LONGEST; length++) {
            codesOfLength[length] = segment.get() & 0xff;
            all += codesOfLength[length];
        }
        if (all > 256 || all > segment.remaining()) {
            throw new IOException("a Huffman table of " + all + " codes");
        }
        values = new int[all];
        for (int i = 0; i < all; i++) {
            values[i] = segment.get() & 0xff;
        }
    }

    int read(JpegBits bits) throws IOException {
        int code = 0;
        int first = 0;
        int index = 0;
        for (int length = 1; length <= LONGEST; length++) {
            code = code << 1 | bits.bit();
            int count = codesOfLength[length];
            if (code - first < count) {
                return values[index + code - first];
            }
            index += count;
            first = (first + count) << 1;
        }
        throw new IOException("a code of more than 16 bits in a JPEG scan");
    }
}
