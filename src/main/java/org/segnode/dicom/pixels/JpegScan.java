package org.segnode.dicom.pixels;

import java.io.IOException;

/** The blocks of a sequential JPEG scan of one component (T.81 F.2). */
final class JpegScan {
    private static final int SIDE = CosineTransform.SIDE;

    /** Place in a block, row by row, of each coefficient in the order they are coded in (T.81 Figure A.6). */
    private static final int[] ZIGZAG = {
        0, 1, 8, 16, 9, 2, 3, 10, 17, 24, 32, 25, 18, 11, 4, 5, 12, 19, 26, 33, 40, 48, 41, 34, 27, 20, 13, 6, 7, 14,
        21, 28, 35, 42, 49, 56, 57, 50, 43, 36, 29, 22, 15, 23, 30, 37, 44, 51, 58, 59, 52, 45, 38, 31, 39, 46, 53, 60,
        61, 54, 47, 55, 62, 63
    };

    private final JpegBits bits;
    private final HuffmanTable steady;
    private final HuffmanTable alternating;
    private final int[] quantization;
    private final int precision;
    private final double[] block = new double[SIDE * SIDE];
    private final double[] half = new double[SIDE * SIDE];
    private int prediction;

    /**
     * @param steady codes of the first coefficient
     * @param alternating codes of the others
     * @param quantization step of each coefficient, in the order they are coded in
     * @param precision bits of a sample
     */
    JpegScan(JpegBits bits, HuffmanTable steady, HuffmanTable alternating, int[] quantization, int precision) {
        this.bits = bits;
        this.steady = steady;
        this.alternating = alternating;
        this.quantization = quantization;
        this.precision = precision;
    }

    /** @param restartInterval blocks between restart markers; 0 for none */
    void decode(int rows, int columns, int restartInterval, int[] samples) throws IOException {
        int blocks = 0;
        for (int top = 0; top < rows; top += SIDE) {
            for (int left = 0; left < columns; left += SIDE) {
                if (restartInterval > 0 && blocks > 0 && blocks % restartInterval == 0) {
                    bits.restart();
                    prediction = 0;
                }
                blocks++;
                readBlock();
                CosineTransform.invert(block, half);
                put(top, left, rows, columns, samples);
            }
        }
    }

    private void readBlock() throws IOException {
        java.util.Arrays.fill(block, 0);
        prediction += bits.signed(Math.min(steady.read(bits), 16));
        block[0] = (double) prediction * quantization[0];
        for (int k = 1; k < ZIGZAG.length; k++) {
            int code = alternating.read(bits);
            int size = code & 0x0f;
            int zeros = code >> 4;
            if (size == 0 && zeros < 15) {
                return;
            }
            k += zeros;
            if (k >= ZIGZAG.length) {
                throw new IOException("a JPEG block has more than 64 coefficients");
            }
            block[ZIGZAG[k]] = (double) bits.signed(size) * quantization[k];
        }
    }

    /** What of the block lies within the image. */
    private void put(int top, int left, int rows, int columns, int[] samples) {
        int middle = 1 << (precision - 1);
        for (int row = top; row < Math.min(top + SIDE, rows); row++) {
            for (int column = left; column < Math.min(left + SIDE, columns); column++) {
                long value = Math.round(block[(row - top) * SIDE + column - left]) + middle;
                samples[row * columns + column] = (int) Math.max(0, Math.min(2L * middle - 1, value));
            }
        }
    }
}
