package org.segnode.volume.io;

/**
 * A rotation as NIfTI's qform holds it; the first component follows from the others.
 *
 * @param b second component
 * @param c third component
 * @param d fourth component
 * @param handed −1 if the third axis has to be flipped after the rotation, else 1
 */
record Quaternion(double b, double c, double d, double handed) {

    /** @param columns [row][column], perpendicular columns of length 1 */
    static Quaternion of(double[][] columns) {
        double handed = determinant(columns) < 0 ? -1 : 1;
        double[][] r = new double[3][3];
        for (int row = 0; row < 3; row++) {
            r[row][0] = columns[row][0];
            r[row][1] = columns[row][1];
            r[row][2] = columns[row][2] * handed;
        }
        double[] squares = {
            1 + r[0][0] + r[1][1] + r[2][2],
            1 + r[0][0] - r[1][1] - r[2][2],
            1 - r[0][0] + r[1][1] - r[2][2],
            1 - r[0][0] - r[1][1] + r[2][2]
        };
        int largest = 0;
        for (int i = 1; i < 4; i++) {
            largest = squares[i] > squares[largest] + 1e-9 ? i : largest;
        }
        double twice = Math.sqrt(squares[largest]);
        double[] abcd = components(r, largest, twice);
        double sign = abcd[0] < 0 ? -1 : 1;
        return new Quaternion(sign * abcd[1], sign * abcd[2], sign * abcd[3], handed);
    }

    private static double[] components(double[][] r, int largest, double twice) {
        double half = twice / 2;
        double a = (r[2][1] - r[1][2]) / (2 * twice);
        double b = (r[0][2] - r[2][0]) / (2 * twice);
        double c = (r[1][0] - r[0][1]) / (2 * twice);
        double bc = (r[1][0] + r[0][1]) / (2 * twice);
        double bd = (r[0][2] + r[2][0]) / (2 * twice);
        double cd = (r[2][1] + r[1][2]) / (2 * twice);
        return switch (largest) {
            case 0 -> new double[] {half, a, b, c};
            case 1 -> new double[] {a, half, bc, bd};
            case 2 -> new double[] {b, bc, half, cd};
            default -> new double[] {c, bd, cd, half};
        };
    }

    private static double determinant(double[][] r) {
        return r[0][0] * (r[1][1] * r[2][2] - r[1][2] * r[2][1])
                - r[0][1] * (r[1][0] * r[2][2] - r[1][2] * r[2][0])
                + r[0][2] * (r[1][0] * r[2][1] - r[1][1] * r[2][0]);
    }
}
