package org.segnode.volume;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HalfsTest {
    @Test
    void everyHalfComesBack() {
        for (int half = 0; half < 1 << 16; half++) {
            float value = Halfs.toFloat((short) half);
            if (!Float.isNaN(value)) {
                assertThat(Halfs.ofFloat(value)).isEqualTo((short) half);
            }
        }
        assertThat(Halfs.toFloat(Halfs.ofFloat(Float.NaN))).isNaN();
    }

    @Test
    void roundsToTheNearestAndTiesToEven() {
        for (int half = 0; half < 0x7bff; half++) {
            float low = Halfs.toFloat((short) half);
            float high = Halfs.toFloat((short) (half + 1));
            float middle = (low + high) / 2;
            short even = (short) ((half & 1) == 0 ? half : half + 1);
            assertThat(Halfs.ofFloat(middle)).isEqualTo(even);
            assertThat(Halfs.ofFloat(Math.nextUp(middle))).isEqualTo((short) (half + 1));
            assertThat(Halfs.ofFloat(Math.nextDown(middle))).isEqualTo((short) half);
            assertThat(Halfs.ofFloat(-middle)).isEqualTo((short) (even | 0x8000));
        }
    }

    @Test
    void whatIsTooLargeBecomesInfinity() {
        assertThat(Halfs.ofFloat(65504)).isEqualTo((short) 0x7bff);
        assertThat(Halfs.ofFloat(Math.nextDown(65520f))).isEqualTo((short) 0x7bff);
        assertThat(Halfs.ofFloat(65520)).isEqualTo((short) 0x7c00);
        assertThat(Halfs.ofFloat(65536)).isEqualTo((short) 0x7c00);
        assertThat(Halfs.ofFloat(-1e30f)).isEqualTo((short) 0xfc00);
        assertThat(Halfs.ofFloat(Float.POSITIVE_INFINITY)).isEqualTo((short) 0x7c00);
        assertThat(Halfs.ofFloat(Float.NEGATIVE_INFINITY)).isEqualTo((short) 0xfc00);
    }

    /** Ordinary numbers are rounded many at a time, in another way than one by one. */
    @Test
    void manyAreRoundedAsOneByOne() {
        Random random = new Random(1);
        double[] values = new double[200_000];
        for (int i = 0; i < values.length; i++) {
            double half = Halfs.toFloat((short) random.nextInt(0x7c00)) * (random.nextBoolean() ? 1 : -1);
            double next = half * (1 + 0x1p-11); // with 11 digits, between two halfs: often a tie
            values[i] = random.nextBoolean() ? next : next + Math.ulp(next) * (random.nextInt(5) - 2);
        }
        for (int from = 0; from < 640; from++) {
            values[from] = from < 320 ? 0.5 + from : (from - 319) * 1e-7; // ordinary blocks, and blocks that are not
        }
        double[] rounded = values.clone();
        Halfs.round(rounded, values.length);
        for (int i = 0; i < values.length; i++) {
            assertThat(rounded[i]).as("%s", values[i]).isEqualTo(Halfs.toFloat(Halfs.ofDouble(values[i])));
        }
    }

    @Test
    void ordinaryTiesGoToEven() {
        double[] values = new double[64 * ((0x7bff - 0x400) / 64)];
        for (int i = 0; i < values.length; i++) {
            double low = Halfs.toFloat((short) (0x400 + i));
            values[i] = (i % 2 == 0 ? 1 : -1) * (low + Halfs.toFloat((short) (0x401 + i))) / 2;
        }
        double[] rounded = values.clone();
        Halfs.round(rounded, values.length);
        for (int i = 0; i < values.length; i++) {
            assertThat(rounded[i]).as("%s", values[i]).isEqualTo(Halfs.toFloat(Halfs.ofDouble(values[i])));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "65504, 31743",
        "65519.99, 31743",
        "65520, 31744",
        "1e9, 31744",
        "5.9604645E-8, 1",
        "2.98E-8, 0",
        "1, 15360"
    })
    void knowsTheEnds(float value, short half) {
        assertThat(Halfs.ofFloat(value)).isEqualTo(half);
    }
}
