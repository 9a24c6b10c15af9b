package org.segnode.dicom;

/** Colours for Recommended Display CIELab Value (0062,000D), encoded as PS3.3 C.10.7.1.1 says. */
final class CieLab {
    private static final double[] D50 = {0.96422, 1, 0.82521};

    /** Linear sRGB (D65) to XYZ adapted to D50 (Bradford). */
    private static final double[][] TO_XYZ = {
        {0.4360747, 0.3850649, 0.1430804},
        {0.2225045, 0.7168786, 0.0606169},
        {0.0139322, 0.0971045, 0.7141733}
    };

    private CieLab() {}

    /**
     * @param rgb sRGB, each in 0..255
     * @return L*, a*, b* as integers in 0..65535, for 0..100 and -128..127
     */
    static int[] of(int... rgb) {
        double[] f = new double[3];
        for (int i = 0; i < 3; i++) {
            double xyz = 0;
            for (int j = 0; j < 3; j++) {
                xyz += TO_XYZ[i][j] * linear(rgb[j] / 255.0);
            }
            f[i] = compressed(xyz / D50[i]);
        }
        return new int[] {
            encoded((116 * f[1] - 16) / 100),
            encoded((500 * (f[0] - f[1]) + 128) / 255),
            encoded((200 * (f[1] - f[2]) + 128) / 255)
        };
    }

    private static double linear(double c) {
        return c <= 0.04045 ? c / 12.92 : Math.pow((c + 0.055) / 1.055, 2.4);
    }

    private static double compressed(double t) {
        return t > 216.0 / 24389 ? Math.cbrt(t) : (24389.0 / 27 * t + 16) / 116;
    }

    private static int encoded(double fraction) {
        return (int) Math.round(65535 * Math.min(1, Math.max(0, fraction)));
    }
}
