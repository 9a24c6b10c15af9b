package org.segnode.plan;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PairwiseSumTest {
    /** Expected: {@code numpy.mean} and {@code numpy.std} (1.26.4) of products of pairs of RandomState(5).random_sample(). */
    @ParameterizedTest(name = "{0} values")
    @CsvSource({
        "100, 108583.3984375, 95566.2734375",
        "1000, 104362.125, 87978.4375",
        "10000, 102234.0859375, 89112.234375",
        "100000, 100227.3359375, 88103.3828125",
        "1000000, 100102.078125, 88249.75"
    })
    void sumsInTheOrderOfNumpy(int count, float mean, float std) {
        RandomState random = new RandomState(5);
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = (float) (random.nextDouble() * random.nextDouble() * 400000);
        }
        assertThat(PairwiseSum.mean(values)).isEqualTo(mean);
        assertThat(PairwiseSum.std(values)).isEqualTo(std);
    }

    @ParameterizedTest(name = "{0} values")
    @CsvSource({"0, 0", "1, 1", "7, 28", "129, 8385", "20000, 200010000"})
    void addsUp(int count, double sum) {
        double[] values = new double[count];
        for (int i = 0; i < count; i++) {
            values[i] = i + 1;
        }
        assertThat(PairwiseSum.of(values)).isEqualTo(sum);
    }
}
