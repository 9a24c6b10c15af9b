package org.segnode.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class IntensitySamplesTest {
    private static final int CASES = 16;

    /** Once a case that grew the file cut off what another had just added: now and then, so this is tried often. */
    @Test
    void casesDrawAtTheSameTime() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(CASES);
        try {
            for (int round = 0; round < 50; round++) {
                assertThat(drawn(threads).mean()).isEqualTo(7.5);
            }
        } finally {
            threads.shutdownNow();
        }
    }

    private static IntensityProperties drawn(ExecutorService threads) throws Exception {
        try (IntensitySamples samples = new IntensitySamples(CASES, 4096)) {
            List<Callable<Boolean>> draws = new ArrayList<>();
            for (int i = 0; i < CASES; i++) {
                int number = i;
                draws.add(() -> {
                    samples.draw(number, new float[] {number}, new RandomState(1));
                    return true;
                });
            }
            for (Future<Boolean> draw : threads.invokeAll(draws)) {
                assertThat(draw.get()).isTrue();
            }
            return samples.properties().orElseThrow();
        }
    }
}
