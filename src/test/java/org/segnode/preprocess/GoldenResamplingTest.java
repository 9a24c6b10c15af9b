package org.segnode.preprocess;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.segnode.plan.ResamplingSpec;
import org.segnode.plan.ResamplingSpec.Function;
import org.segnode.volume.Shape;
import org.segnode.volume.Spacing;

/** Every recorded call of nnU-Net's resampling functions, within the tolerance recorded with it. */
class GoldenResamplingTest {
    private static final Path FUNCTIONS = GoldenCases.folder().resolve("functions");

    static Stream<Call> calls() {
        return GoldenCases.entries(FUNCTIONS.resolve("index.json"))
                .filter(call -> Files.exists(FUNCTIONS.resolve(call.get("input").asText())))
                .map(Call::new);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("calls")
    void resamplesAsRecorded(Call call) throws IOException {
        double[] in =
                GoldenCases.numbers(FUNCTIONS.resolve(call.json.get("input").asText()));
        double[] expected =
                GoldenCases.numbers(FUNCTIONS.resolve(call.json.get("output").asText()));
        double[] actual = new double[expected.length];
        int channels = call.channels();
        for (int channel = 0; channel < channels; channel++) {
            int size = in.length / channels;
            double[] result = call.run(Arrays.copyOfRange(in, channel * size, (channel + 1) * size));
            System.arraycopy(result, 0, actual, channel * result.length, result.length);
        }
        call.requireClose(actual, expected, in);
    }

    /** A recorded call. */
    record Call(JsonNode json) {
        private String function() {
            return json.get("function").asText();
        }

        private JsonNode argument(String name) {
            return json.get("kwargs").path(name);
        }

        private boolean ofLabels() {
            return argument("is_seg").asBoolean() || function().contains("resize_segmentation");
        }

        int channels() {
            int[] shape = GoldenCases.ints(json.get("input_shape"));
            return shape.length == 4 ? shape[0] : 1;
        }

        private Shape shape(String name) {
            int[] shape = GoldenCases.ints(json.get(name));
            int[] last = {1, 1, 1};
            int axes = Math.min(3, shape.length);
            System.arraycopy(shape, shape.length - axes, last, 3 - axes, axes);
            return Shape.of(last);
        }

        private ResamplingSpec spec() {
            boolean torch = function().contains("torch");
            JsonNode force = argument("force_separate_z");
            return new ResamplingSpec(
                    torch ? Function.TORCH : Function.SPLINE,
                    ofLabels(),
                    argument("order").asInt(3),
                    argument("order_z").asInt(),
                    force.isBoolean() ? Optional.of(force.asBoolean()) : Optional.empty(),
                    3,
                    argument("memefficient_seg_resampling").asBoolean());
        }

        private Spacing spacing(String name) {
            return argument(name).isMissingNode()
                    ? new Spacing(1, 1, 1)
                    : Spacing.of(GoldenCases.doubles(argument(name)));
        }

        double[] run(double[] in) {
            Resampling resampling = new Resampling(
                    spec(),
                    shape("input_shape"),
                    shape("output_shape"),
                    spacing("current_spacing"),
                    spacing("new_spacing"));
            double[] out = new double[resampling.newShape().voxels()];
            if (ofLabels()) {
                short[] labels = new short[in.length];
                for (int i = 0; i < in.length; i++) {
                    labels[i] = (short) in[i];
                }
                short[] resampled = resampling.labels(labels);
                Arrays.setAll(out, i -> resampled[i]);
            } else if (function().contains("torch")) {
                float[] singles = new float[in.length];
                for (int i = 0; i < in.length; i++) {
                    singles[i] = (float) in[i];
                }
                float[] resampled = resampling.image(singles);
                Arrays.setAll(out, i -> resampled[i]);
            } else if (resampling.isIdentity()) {
                return in;
            } else {
                resampling.spline(Voxels.of(in), Voxels.of(out));
            }
            return out;
        }

        void requireClose(double[] actual, double[] expected, double[] in) {
            double range = Arrays.stream(in).max().orElseThrow()
                    - Arrays.stream(in).min().orElseThrow();
            int differing = 0;
            for (int i = 0; i < expected.length; i++) {
                double tolerance = tolerance(range, expected[i]);
                differing += Math.abs(actual[i] - expected[i]) <= tolerance ? 0 : 1;
            }
            assertThat(differing)
                    .as("voxels that differ, of " + expected.length)
                    .isEqualTo(0);
        }

        private double tolerance(double range, double expected) {
            if (ofLabels()) {
                return 0;
            }
            return switch (json.get("output_dtype").asText()) {
                case "float64" ->
                    argument("order").asInt() == 3 ? 1e-9 : argument("order").asInt() == 1 ? 1e-12 : 0;
                case "float16" -> Math.abs(expected) * 0x1p-10 + 0x1p-24;
                default -> function().contains("torch") ? 1e-5 : 2e-6 * range;
            };
        }

        @Override
        public String toString() {
            return json.get("id").asText() + " " + function() + " " + json.get("kwargs");
        }
    }
}
