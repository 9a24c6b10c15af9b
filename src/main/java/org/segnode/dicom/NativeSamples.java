package org.segnode.dicom;

/** Samples that are stored as whole bytes, one after the other (PS3.5 8.1.1). */
final class NativeSamples {
    private NativeSamples() {}

    /** @param width bytes of a sample: 1, 2 or 4 */
    static void unpack(byte[] bytes, int width, boolean bigEndian, int[] samples) {
        for (int i = 0, at = 0; i < samples.length; i++, at += width) {
            int sample = 0;
            for (int b = 0; b < width; b++) {
                int place = bigEndian ? width - 1 - b : b;
                sample |= (bytes[at + b] & 0xff) << (8 * place);
            }
            samples[i] = sample;
        }
    }
}
