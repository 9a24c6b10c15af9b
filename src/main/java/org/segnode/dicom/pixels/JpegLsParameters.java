package org.segnode.dicom.pixels;

/**
 * What a JPEG-LS scan is coded with (T.87 C.2.4.1.1).
 *
 * @param highest largest sample value (MAXVAL)
 * @param near largest error of a sample, 0 for lossless
 * @param t1 first threshold of the local gradients; t2 and t3 follow
 * @param reset occurrences of a context after which its counts are halved
 * @param range number of prediction errors after quantization
 * @param quantizedBits bits of {@code range}
 * @param limit longest code in bits
 */
record JpegLsParameters(
        int highest, int near, int t1, int t2, int t3, int reset, int range, int quantizedBits, int limit) {

    /** @param presets MAXVAL, T1, T2, T3, RESET; 0 stands for the default */
    static JpegLsParameters of(int precision, int near, int[] presets) {
        int highest = presets[0] == 0 ? (1 << precision) - 1 : presets[0];
        int[] t = thresholds(highest, near);
        int range = (highest + 2 * near) / (2 * near + 1) + 1;
        int bits = Math.max(2, ceilingLog(highest + 1));
        return new JpegLsParameters(
                highest,
                near,
                presets[1] == 0 ? t[0] : presets[1],
                presets[2] == 0 ? t[1] : presets[2],
                presets[3] == 0 ? t[2] : presets[3],
                presets[4] == 0 ? 64 : presets[4],
                range,
                ceilingLog(range),
                2 * (bits + Math.max(8, bits)));
    }

    /** Which of nine steps a gradient is, from -4 to 4. */
    int quantized(int gradient) {
        int size = Math.abs(gradient);
        int step = size <= near ? 0 : size < t1 ? 1 : size < t2 ? 2 : size < t3 ? 3 : 4;
        return gradient < 0 ? -step : step;
    }

    /** A prediction with its quantized error, brought back into the range of samples. */
    int sample(int prediction, int error) {
        int step = 2 * near + 1;
        int value = prediction + error * step;
        if (value < -near) {
            value += range * step;
        } else if (value > highest + near) {
            value -= range * step;
        }
        return Math.max(0, Math.min(highest, value));
    }

    private static int[] thresholds(int highest, int near) {
        int[] t = new int[3];
        if (highest >= 128) {
            int factor = (Math.min(highest, 4095) + 128) / 256;
            t[0] = clamped(factor + 2 + 3 * near, near + 1, highest);
            t[1] = clamped(factor * 4 + 3 + 5 * near, t[0], highest);
            t[2] = clamped(factor * 17 + 4 + 7 * near, t[1], highest);
        } else {
            int factor = 256 / (highest + 1);
            t[0] = clamped(Math.max(2, 3 / factor + 3 * near), near + 1, highest);
            t[1] = clamped(Math.max(3, 7 / factor + 5 * near), t[0], highest);
            t[2] = clamped(Math.max(4, 21 / factor + 7 * near), t[1], highest);
        }
        return t;
    }

    private static int clamped(int value, int lowest, int highest) {
        return value > highest || value < lowest ? lowest : value;
    }

    private static int ceilingLog(int value) {
        return value <= 1 ? 0 : 32 - Integer.numberOfLeadingZeros(value - 1);
    }
}
