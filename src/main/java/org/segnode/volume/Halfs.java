package org.segnode.volume;

/** IEEE 754 half precision, as bits in a {@code short}; rounding is to the nearest, ties to even. */
public final class Halfs {
    private static final float[] FLOATS = floats();
    private static final int BLOCK = 64;
    private static final double SPLIT = 0x1p42 + 1; // a double has 42 more digits than a half
    private static final long SMALLEST_NORMAL = Double.doubleToRawLongBits(0x1p-14);
    private static final long LARGEST = Double.doubleToRawLongBits(65504);

    private Halfs() {}

    public static float toFloat(short half) {
        return FLOATS[half & 0xffff];
    }

    /** @return the nearest half; infinity beyond 65504 + 16 */
    public static short ofFloat(float value) {
        int bits = Float.floatToRawIntBits(value);
        int sign = bits >>> 16 & 0x8000;
        int magnitude = bits & 0x7fffffff;
        if (magnitude >= 0x47800000) { // 65536 and more, infinity, NaN
            return (short) (sign | (magnitude > 0x7f800000 ? 0x7e00 : 0x7c00));
        }
        if (magnitude < 0x38800000) { // below the smallest normal half: adding 0.5 leaves multiples of 2^-24
            int fraction = Float.floatToRawIntBits(Float.intBitsToFloat(magnitude) + 0.5f) - 0x3f000000;
            return (short) (sign | fraction);
        }
        int odd = magnitude >>> 13 & 1;
        return (short) (sign | (magnitude - 0x38000000 + 0xfff + odd) >>> 13);
    }

    /** Rounds once: through single precision to odd, so that no tie arises that the number does not have. */
    public static short ofDouble(double value) {
        float single = (float) value;
        int bits = Float.floatToRawIntBits(single);
        if ((bits & 1) == 0 && single != value && Float.isFinite(single)) {
            boolean towardsZero = Math.abs((double) single) > Math.abs(value);
            single = Float.intBitsToFloat(towardsZero ? bits - 1 : bits + 1);
        }
        return ofFloat(single);
    }

    /** The nearest number that half precision can hold. */
    public static double rounded(double value) {
        return toFloat(ofDouble(value));
    }

    /**
     * Each of the first numbers becomes the nearest that half precision can hold. Ordinary ones are split by multiplication
     * (Veltkamp), which the compiler turns into vector instructions; one that is very small, too large or not a number has
     * its block rounded one by one.
     *
     * @see <a href="https://doi.org/10.1007/11814771_6">Boldo 2006, Pitfalls of a full floating-point proof</a>
     */
    public static void round(double[] values, int count) {
        double[] rounded = new double[BLOCK];
        for (int from = 0; from < count; from += BLOCK) {
            int length = Math.min(BLOCK, count - from);
            split(values, from, length, rounded);
            if (areOrdinary(values, from, length)) {
                System.arraycopy(rounded, 0, values, from, length);
            } else {
                for (int i = from; i < from + length; i++) {
                    values[i] = rounded(values[i]);
                }
            }
        }
    }

    private static void split(double[] values, int from, int length, double[] rounded) {
        for (int i = 0; i < length; i++) {
            double value = values[from + i];
            double large = value * SPLIT;
            rounded[i] = large - (large - value);
        }
    }

    private static boolean areOrdinary(double[] values, int from, int length) {
        long outside = 0;
        for (int i = from; i < from + length; i++) {
            long magnitude = Double.doubleToRawLongBits(values[i]) & Long.MAX_VALUE;
            outside |= (magnitude - SMALLEST_NORMAL) | (LARGEST - magnitude);
        }
        return outside >= 0;
    }

    private static float[] floats() {
        float[] floats = new float[1 << 16];
        for (int half = 0; half < floats.length; half++) {
            int exponent = half >> 10 & 0x1f;
            int fraction = half & 0x3ff;
            float magnitude;
            if (exponent == 0) {
                magnitude = fraction * 0x1p-24f;
            } else if (exponent == 31) {
                magnitude = fraction == 0 ? Float.POSITIVE_INFINITY : Float.NaN;
            } else {
                magnitude = Float.intBitsToFloat((exponent + 112) << 23 | fraction << 13);
            }
            floats[half] = half < 0x8000 ? magnitude : -magnitude;
        }
        return floats;
    }
}
