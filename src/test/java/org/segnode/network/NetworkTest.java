package org.segnode.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.segnode.plan.Architecture;
import org.segnode.plan.Configuration;
import org.segnode.plan.Dataset;
import org.segnode.plan.Plans;
import org.segnode.volume.io.PickleException;

class NetworkTest {
    private static final Path GOLDEN = Path.of("src/test/resources/golden/network");
    private static final double TOLERANCE = 1e-4; // of values around 1, as recorded

    private record Case(Architecture architecture, int heads, Map<String, Tensor> weights, Npy input) {
        static Case read(String name) throws IOException {
            Path folder = GOLDEN.resolve(name);
            Configuration configuration =
                    Plans.read(folder.resolve("plans.json")).configuration(name.contains("2d") ? "2d" : "3d_fullres");
            return new Case(
                    configuration.architecture(),
                    Dataset.read(folder.resolve("dataset.json")).labels().heads(),
                    Checkpoint.read(folder.resolve("checkpoint_final.pth")).weights(),
                    Npy.read(folder.resolve("input.npy")));
        }

        int channels() {
            return input.shape()[1];
        }

        int[] axes() {
            return Arrays.copyOfRange(input.shape(), 2, input.shape().length);
        }
    }

    static Stream<String> all() {
        return Stream.concat(planned(), variants());
    }

    static Stream<String> planned() {
        return Stream.of("plain2d", "plain2d_4stages", "plain3d_aniso", "res2d", "res3d", "res3d_aniso");
    }

    /** Settings that no planner uses, as record_network_variants.py recorded them. */
    static Stream<String> variants() {
        return Stream.of(
                "variant2d_plain_batch_norm",
                "variant3d_plain_batch_norm_dropout",
                "variant2d_res_batch_norm_dropout",
                "variant3d_res_batch_norm",
                "variant2d_bottleneck",
                "variant3d_bottleneck_stem_batch_norm",
                "variant2d_nonlin_first",
                "variant3d_nonlin_first_dropout",
                "variant2d_stem_channels",
                "variant3d_stem_channels_no_bias",
                "variant2d_no_norm_relu",
                "variant3d_no_norm_nonlin_first");
    }

    @ParameterizedTest
    @MethodSource("all")
    void givesTheRecordedOutputs(String name) throws IOException {
        Case given = Case.read(name);
        NetworkScript script = NetworkScript.withDeepSupervision(given.architecture, given.channels(), given.heads);
        try (Network network = Network.load(script, given.weights, ComputeDevice.CPU)) {
            List<float[]> outputs = network.forwardAll(given.input.values(), 2, given.axes());

            assertThat(outputs).hasSize(given.architecture.stages() - 1);
            for (int i = 0; i < outputs.size(); i++) {
                float[] expected =
                        Npy.read(GOLDEN.resolve(name + "/output_" + i + ".npy")).values();
                assertThat(largestDifference(outputs.get(i), expected)).isLessThan(TOLERANCE);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("planned")
    void theFasterVariantsGiveNearlyTheSame(String name) throws IOException {
        Case given = Case.read(name);
        float[] expected = Npy.read(GOLDEN.resolve(name + "/output_0.npy")).values();

        assertThat(largestDifference(output(given, Variant.REFERENCE), expected))
                .isLessThan(TOLERANCE);
        assertThat(largestDifference(output(given, Variant.CHANNELS_LAST), expected))
                .isLessThan(1e-3);
        assertThat(largestDifference(output(given, Variant.BFLOAT16), expected)).isLessThan(0.3);
    }

    private static float[] output(Case given, Variant variant) throws IOException {
        NetworkScript script = NetworkScript.of(given.architecture, given.channels(), given.heads, variant);
        try (Network network = Network.load(script, given.weights, ComputeDevice.CPU)) {
            return network.forward(given.input.values(), 2, given.axes());
        }
    }

    private static double largestDifference(float[] actual, float[] expected) {
        assertThat(actual).hasSameSizeAs(expected);
        double largest = 0;
        for (int i = 0; i < actual.length; i++) {
            largest = Math.max(largest, Math.abs(actual[i] - expected[i]));
        }
        return largest;
    }

    @Test
    void oneSampleDoesNotDependOnTheOthersOfTheBatch() throws IOException {
        Case given = Case.read("plain3d_aniso");
        NetworkScript script = NetworkScript.of(given.architecture, 1, given.heads, Variant.REFERENCE);
        int half = given.input.values().length / 2;
        try (Network network = Network.load(script, given.weights, ComputeDevice.CPU)) {
            float[] both = network.forward(given.input.values(), 2, given.axes());
            float[] second = network.forward(Arrays.copyOfRange(given.input.values(), half, 2 * half), 1, given.axes());

            assertThat(largestDifference(Arrays.copyOfRange(both, both.length / 2, both.length), second))
                    .isLessThan(TOLERANCE);
        }
    }

    @Test
    void refusesMissingMisshapenAndInfiniteWeights() throws IOException {
        Case given = Case.read("plain2d");
        String bias = "decoder.seg_layers.1.bias";
        Map<String, Tensor> weights = new LinkedHashMap<>(given.weights);

        weights.remove(bias);
        assertRefused(given, weights, "the checkpoint has no weight decoder.seg_layers.1.bias of shape [4]");
        weights.put(bias, Tensor.of(new long[] {3}, new float[3]));
        assertRefused(given, weights, "the weight decoder.seg_layers.1.bias has the shape [3], the plans need [4]");
        weights.put(bias, Tensor.of(new long[] {4}, new float[] {0, 1, Float.NaN, 0}));
        assertRefused(given, weights, "the weight decoder.seg_layers.1.bias is NaN at number 2");
    }

    private static void assertRefused(Case given, Map<String, Tensor> weights, String reason) {
        NetworkScript script =
                NetworkScript.of(given.architecture, given.channels(), given.heads, Variant.CHANNELS_LAST);
        assertThatThrownBy(() -> Network.load(script, weights, ComputeDevice.CPU))
                .isInstanceOf(PickleException.class)
                .hasMessageContaining(reason);
    }

    @Test
    void leavesNoFileBehind() throws IOException {
        Path temporary = Path.of(Objects.requireNonNull(System.getProperty("java.io.tmpdir")));
        output(Case.read("plain2d"), Variant.REFERENCE);
        try (var files = Files.newDirectoryStream(temporary, "segnode-network*")) {
            assertThat(files).isEmpty();
        }
    }
}
