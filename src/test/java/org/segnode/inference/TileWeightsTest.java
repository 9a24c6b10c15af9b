package org.segnode.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.segnode.network.Npy;
import org.segnode.volume.Halfs;

class TileWeightsTest {
    private static final Path FUNCTIONS = Path.of("src/test/resources/golden/inference/functions");

    static List<JsonNode> recorded() throws IOException {
        List<JsonNode> nodes = new ArrayList<>();
        for (String line : Files.readAllLines(FUNCTIONS.resolve("gaussian.jsonl"))) {
            JsonNode node = new ObjectMapper().readTree(line);
            if (node.get("value_scaling_factor").asInt() == 10) {
                nodes.add(node);
            }
        }
        return nodes;
    }

    @ParameterizedTest
    @MethodSource("recorded")
    void haveTheRecordedSumMinimumAndMaximum(JsonNode line) {
        int[] patch = new int[line.get("tile_size").size()];
        for (int axis = 0; axis < patch.length; axis++) {
            patch[axis] = line.get("tile_size").get(axis).asInt();
        }
        float[] weights = TileWeights.gaussian(patch);

        double sum = 0;
        float smallest = Float.POSITIVE_INFINITY;
        float largest = 0;
        int atMinimum = 0;
        for (float weight : weights) {
            sum += weight;
            smallest = Math.min(smallest, weight);
            largest = Math.max(largest, weight);
        }
        for (float weight : weights) {
            atMinimum += weight == smallest ? 1 : 0;
        }
        assertThat(sum).isCloseTo(line.get("sum_float64").asDouble(), within(1e-6 * sum));
        assertThat(smallest).isEqualTo((float) line.get("min").asDouble());
        assertThat(largest).isEqualTo(10f);
        assertThat(atMinimum).isEqualTo(line.get("voxels_at_minimum").asInt());
    }

    @ParameterizedTest
    @ValueSource(strings = {"12x16x16", "24x16", "6x16x16", "7x9x10", "8x12x12"})
    void areTheRecordedOnesToTheLastBitOfAHalf(String name) throws IOException {
        Npy recorded = Npy.read(FUNCTIONS.resolve("gaussian_" + name + "_10.npy"));
        float[] weights = TileWeights.gaussian(recorded.shape());

        int different = 0;
        for (int i = 0; i < weights.length; i++) {
            int distance = Math.abs(Halfs.ofFloat(weights[i]) - recorded.halfBits()[i]);
            assertThat(distance).isLessThanOrEqualTo(1);
            different += distance;
        }
        assertThat(different).as("of %d", weights.length).isLessThanOrEqualTo(2);
    }

    @Test
    void areOneWithoutGaussian() {
        assertThat(TileWeights.uniform(new int[] {1, 2, 2})).containsExactly(1, 1, 1, 1);
    }
}
