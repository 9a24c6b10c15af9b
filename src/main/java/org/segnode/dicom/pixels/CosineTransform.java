package org.segnode.dicom.pixels;

/** The inverse discrete cosine transform of a block of 8 x 8 (T.81 A.3.3), in double precision. */
final class CosineTransform {
    static final int SIDE = 8;

    /** By place and frequency. */
    private static final double[][] FACTORS = new double[SIDE][SIDE];

    static {
        for (int place = 0; place < SIDE; place++) {
            for (int frequency = 0; frequency < SIDE; frequency++) {
                double scale = frequency == 0 ? Math.sqrt(0.5) : 1;
                FACTORS[place][frequency] = scale / 2 * Math.cos((2 * place + 1) * frequency * Math.PI / 16);
            }
        }
    }

    private CosineTransform() {}

    /**
     * @param block coefficients row by row, of 64; becomes the values
     * @param half receives what is between the two passes, 64
     */
    static void invert(double[] block, double[] half) {
        transposed(block, half);
        transposed(half, block);
    }

    /** Along rows, written as columns: twice is along both. */
    private static void transposed(double[] from, double[] to) {
        for (int row = 0; row < SIDE; row++) {
            for (int place = 0; place < SIDE; place++) {
                double sum = 0;
                for (int frequency = 0; frequency < SIDE; frequency++) {
                    sum += from[row * SIDE + frequency] * FACTORS[place][frequency];
                }
                to[place * SIDE + row] = sum;
            }
        }
    }
}
