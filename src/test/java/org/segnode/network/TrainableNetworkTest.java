package org.segnode.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.segnode.network.TrainableNetwork.Step;
import org.segnode.plan.Architecture;
import org.segnode.plan.Dataset;
import org.segnode.plan.Labels;
import org.segnode.plan.Plans;

class TrainableNetworkTest {
    private static final Path GOLDEN = Path.of("src/test/resources/golden/network");
    private static final double NOISE =
            1e-6; // of a convolution's bias before an instance norm, where the true gradient is 0

    private record Case(
            Architecture architecture,
            Labels labels,
            Map<String, Tensor> weights,
            Npy input,
            List<Npy> targets,
            JsonNode recorded) {
        static Case read(String name) throws IOException {
            Path folder = GOLDEN.resolve(name);
            Architecture architecture = Plans.read(folder.resolve("plans.json"))
                    .configuration(name.contains("2d") ? "2d" : "3d_fullres")
                    .architecture();
            List<Npy> targets = new ArrayList<>();
            for (int i = 0; i < architecture.stages() - 1; i++) {
                targets.add(Npy.read(folder.resolve("target_" + i + ".npy")));
            }
            return new Case(
                    architecture,
                    Dataset.read(folder.resolve("dataset.json")).labels(),
                    Checkpoint.read(folder.resolve("checkpoint_final.pth")).weights(),
                    Npy.read(folder.resolve("input.npy")),
                    targets,
                    new ObjectMapper().readTree(folder.resolve("loss.json").toFile()));
        }

        Loss loss() {
            return Loss.deepSupervision(labels, recorded.get("batch_dice").asBoolean(), targets.size());
        }

        TrainableNetwork load(Loss loss) throws IOException {
            return TrainableNetwork.load(
                    architecture, input.shape()[1], labels.heads(), loss, weights, ComputeDevice.CPU);
        }

        List<int[]> axes() {
            return targets.stream()
                    .map(target -> Arrays.copyOfRange(target.shape(), 2, target.shape().length))
                    .toList();
        }

        List<float[]> values() {
            return targets.stream().map(Npy::values).toList();
        }

        Step step(TrainableNetwork network, List<float[]> wanted) {
            return network.differentiate(input.values(), wanted, 2, axes());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"plain2d", "plain2d_4stages", "plain3d_aniso", "res2d", "res3d", "res3d_aniso"})
    void givesTheRecordedLossAndGradients(String name) throws IOException {
        Case given = Case.read(name);
        float[] recorded = Npy.read(GOLDEN.resolve(name + "/gradients.npy")).values();
        try (TrainableNetwork network = given.load(given.loss())) {
            Step step = given.step(network, given.values());

            assertThat(step.loss()).isCloseTo(given.recorded.get("loss").asDouble(), within(1e-5));
            for (JsonNode parameter : given.recorded.get("parameters")) {
                assertGradient(step, parameter, recorded);
            }
        }
    }

    private static void assertGradient(Step step, JsonNode parameter, float[] recorded) {
        String name = parameter.get("name").asText();
        float[] actual = step.gradients().get(name);
        if (!parameter.get("grad_present").asBoolean()) {
            assertThat(actual)
                    .as("gradient of %s, which the loss does not see", name)
                    .isNull();
            return;
        }
        int length = 1;
        for (JsonNode side : parameter.get("shape")) {
            length *= side.asInt();
        }
        assertThat(actual).as(name).hasSize(length);
        boolean noise = name.endsWith(".conv.bias");
        for (int i = 0; i < length; i++) {
            float expected = recorded[parameter.get("offset").asInt() + i];
            double tolerance = noise ? NOISE : 1e-4 + 1e-3 * Math.abs(expected);
            if (!(Math.abs(actual[i] - (noise ? 0 : expected)) <= tolerance)) {
                throw new AssertionError(
                        name + " has the gradient " + actual[i] + " at number " + i + ", recorded is " + expected);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"plain2d", "res3d"})
    void theNextPassStartsFromGradientsOfZero(String name) throws IOException {
        Case given = Case.read(name);
        try (TrainableNetwork network = given.load(given.loss())) {
            Step first = given.step(network, given.values());
            Step second = given.step(network, given.values());

            assertThat(second.gradients().keySet())
                    .isEqualTo(first.gradients().keySet())
                    .isNotEmpty();
            assertThat(second.loss()).isCloseTo(first.loss(), within(1e-6));
            first.gradients()
                    .forEach((parameter, gradient) ->
                            assertThat(second.gradients().get(parameter)).containsExactly(gradient, within(1e-5f)));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "false, false, -1",
        "false, true, -1",
        "false, false, 4",
        "false, true, 4",
        "true, false, -1",
        "true, true, -1",
        "true, false, 4",
        "true, true, 4"
    })
    void everyKindOfLossIsAsComputedByHand(boolean regions, boolean batchDice, int ignored) throws IOException {
        Case given = Case.read("plain2d_4stages");
        OptionalInt ignore = ignored < 0 ? OptionalInt.empty() : OptionalInt.of(ignored);
        Loss loss = new Loss(regions, batchDice, ignore, List.of(0.75, 0.0, 0.25));
        List<float[]> targets = randomTargets(given, regions, ignore);
        NetworkScript script = NetworkScript.withDeepSupervision(given.architecture, 3, given.labels.heads());
        double expected = 0;
        try (Network network = Network.load(script, given.weights, ComputeDevice.CPU)) {
            List<float[]> outputs =
                    network.forwardAll(given.input.values(), 2, given.axes().get(0));
            for (int i = 0; i < outputs.size(); i++) {
                LossByHand byHand = new LossByHand(loss, 2, given.labels.heads());
                expected += loss.weights().get(i) * byHand.of(outputs.get(i), targets.get(i));
            }
        }
        try (TrainableNetwork network = given.load(loss)) {
            assertThat(given.step(network, targets).loss()).isCloseTo(expected, within(1e-5));
        }
    }

    private static List<float[]> randomTargets(Case given, boolean regions, OptionalInt ignore) {
        Random random = new Random(20261121);
        int channels = regions ? given.labels.heads() + (ignore.isPresent() ? 1 : 0) : 1;
        List<float[]> targets = new ArrayList<>();
        for (int[] axes : given.axes()) {
            float[] values = new float[2 * channels * Arrays.stream(axes).reduce(1, (a, b) -> a * b)];
            for (int i = 0; i < values.length; i++) {
                int label = random.nextInt(regions ? 2 : 3);
                values[i] = !regions && ignore.isPresent() && random.nextInt(5) == 0 ? ignore.getAsInt() : label;
            }
            targets.add(values);
        }
        return targets;
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void whereAllIsIgnoredThereIsNothingToLearn(boolean regions) throws IOException {
        Case given = Case.read("plain2d_4stages");
        Loss loss = new Loss(regions, true, OptionalInt.of(4), List.of(1.0, 0.0, 0.0));
        List<float[]> targets = randomTargets(given, regions, OptionalInt.of(4));
        for (float[] target : targets) {
            Arrays.fill(target, regions ? 1 : 4);
        }
        try (TrainableNetwork network = given.load(loss)) {
            Step step = given.step(network, targets);

            assertThat(step.loss()).isCloseTo(-1, within(1e-6)); // no Dice to gain, no entropy
            step.gradients().values().forEach(gradient -> assertThat(gradient).containsOnly(0));
        }
    }

    @Test
    void weightsHalveAndTheLowestOutputDoesNotCount() {
        Labels labels = Labels.of("a");
        assertThat(Loss.deepSupervision(labels, true, 2).weights()).containsExactly(1.0, 0.0);
        assertThat(Loss.deepSupervision(labels, true, 4).weights()).containsExactly(4 / 7.0, 2 / 7.0, 1 / 7.0, 0.0);
        assertThatThrownBy(() -> Loss.deepSupervision(labels, true, 1))
                .hasMessageContaining("needs 2 outputs (3 stages) or more, has 1");
        assertThatThrownBy(() -> new Loss(false, true, OptionalInt.empty(), List.of(0.0)))
                .hasMessageContaining("an output with a weight above 0, has [0.0]");
        assertThatThrownBy(() -> new Loss(false, true, OptionalInt.empty(), List.of(1.0, Double.NaN)))
                .hasMessageContaining("is finite and not negative, is NaN");
    }

    @Test
    void refusesTargetsThatAreNotOfTheNetwork() throws IOException {
        Case given = Case.read("plain2d");
        Loss three = new Loss(false, true, OptionalInt.empty(), List.of(1.0, 1.0, 1.0));
        assertThatThrownBy(() -> given.load(three)).hasMessage("the network has 2 outputs, the loss has 3 weights");
        try (TrainableNetwork network = given.load(given.loss())) {
            List<float[]> targets = given.values();
            float[] full = targets.get(0);

            assertThatThrownBy(() -> given.step(network, List.of(full)))
                    .hasMessage("the network has 2 outputs, is given 1 targets");
            assertThatThrownBy(() -> given.step(network, List.of(full, full)))
                    .hasMessage("target 1 has 768 values, (2, 1, 8, 12) needs 192");
            float[] unknown = full.clone();
            unknown[5] = -1;
            assertThatThrownBy(() -> given.step(network, List.of(unknown, targets.get(1))))
                    .hasMessage("target 0 has the value -1.0, must have whole numbers from 0 to 3");
        }
    }
}
