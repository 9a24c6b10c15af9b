package org.segnode.volume;

import static org.assertj.core.api.Assertions.assertThat;

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
