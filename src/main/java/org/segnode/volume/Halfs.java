package org.segnode.volume;

/** IEEE 754 half precision, as bits in a {@code short}; rounding is to the nearest, ties to even. */
public final class Halfs {
    private static final float[] FLOATS = floats();
    private static final int DROPPED = 42; // bits of a double's fraction beyond those of a half
    private static final long HALF_OF_LAST = (1L << (DROPPED - 1)) - 1;
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
    public static float rounded(double value) {
        long bits = Double.doubleToRawLongBits(value);
        long magnitude = bits & Long.MAX_VALUE;
        if (magnitude < SMALLEST_NORMAL || magnitude > LARGEST) {
            return toFloat(ofDouble(value));
        }
        long odd = (bits >>> DROPPED) & 1;
        return (float) Double.longBitsToDouble((bits + HALF_OF_LAST + odd) & (-1L << DROPPED));
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
