package org.segnode.dicom;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EncodingTest {
    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "-0.0, 0",
        "1.5, 1.5",
        "-143.92534345894, -143.92534345894",
        "0.333333333333333333, 0.33333333333333",
        "-0.333333333333333333, -0.3333333333333",
        "100000, 100000",
        "0.000000001234567890123, 1.23456789012E-9"
    })
    void aDecimalStringIsTheShortestThatFits(double value, String text) {
        assertThat(DecimalString.of(value)).isEqualTo(text);
    }

    @Test
    void aDecimalStringKeepsAtLeastNineDigitsInSixteenCharacters() {
        Random random = new Random(5);
        for (int i = 0; i < 10_000; i++) {
            double value = random.nextGaussian() * Math.pow(10, random.nextInt(40) - 20);
            String text = DecimalString.of(value);
            assertThat(text).hasSizeLessThanOrEqualTo(16);
            assertThat(Math.abs(Double.parseDouble(text) - value)).isLessThanOrEqualTo(1e-8 * Math.abs(value));
        }
        assertThatThrownBy(() -> DecimalString.of(Double.NaN)).isInstanceOf(IllegalArgumentException.class);
    }

    /** White, black and red of sRGB in CIELab with the white point D50: (100, 0, 0), (0, 0, 0), (54.29, 80.80, 69.89). */
    @ParameterizedTest
    @CsvSource({"255, 255, 255, 65535, 32896, 32896", "0, 0, 0, 0, 32896, 32896", "255, 0, 0, 35580, 53662, 50858"})
    void coloursAreEncodedAsCieLab(int red, int green, int blue, int l, int a, int b) {
        int[] lab = CieLab.of(red, green, blue);
        assertThat(lab[0]).isBetween(l - 10, l + 10);
        assertThat(lab[1]).isBetween(a - 10, a + 10);
        assertThat(lab[2]).isBetween(b - 10, b + 10);
    }

    @Test
    void textsLoseWhatSeparatesValuesAndWhatIsTooLong() {
        assertThat(Texts.fitting("a\\b\nc ", 64)).isEqualTo("a/b c");
        assertThat(Texts.fitting("abcdef", 3)).isEqualTo("abc");
        assertThat(Texts.fitting("ab\uD83D\uDE00", 3)).isEqualTo("ab");
    }
}
