package org.segnode.plan;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.StreamSupport;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.segnode.network.NetworkScript;

class GoldenPlansTest {
    private static final Map<String, JsonNode> DATASETS = datasets();

    @TempDir
    Path folder;

    @Test
    void plansAsTheReferenceDoes() throws IOException {
        List<JsonNode> runs = Golden.lines("plans.jsonl");
        assertThat(runs).hasSize(302);
        SoftAssertions softly = new SoftAssertions();
        for (JsonNode run : runs) {
            String place =
                    run.get("dataset").textValue() + " " + run.get("planner").textValue();
            PlanningOptions options = options(run);
            Golden.compare(place, plan(run.get("dataset").textValue(), options), run.get("plans"), softly);
            softly.assertThat(options.plansIdentifier() + ".json")
                    .isEqualTo(run.get("plans_file").textValue());
        }
        softly.assertAll();
    }

    @Test
    void readsWhatThePlannersWrote() throws IOException {
        for (JsonNode run : Golden.lines("plans.jsonl")) {
            Plans plans = Plans.of(Golden.value(run.get("plans")));
            assertThat(plans.configurations()).containsKey("2d");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"d000", "d002", "d013"})
    void writesTheSameBytes(String dataset) throws IOException {
        Path file = folder.resolve("plans.json");
        PlanningOptions options = PlanningOptions.of(Planner.EXPERIMENT_PLANNER);
        PlansJson.write(file, plans(dataset, options), options.planner().className());
        assertThat(Files.readString(file))
                .isEqualTo(new String(Golden.bytes("verbatim_" + dataset + ".json"), StandardCharsets.UTF_8));
    }

    @Test
    void keepsForeignConfigurationsOnPlanningAgain() throws IOException {
        JsonNode record = Golden.json(new String(Golden.bytes("replan.json"), StandardCharsets.UTF_8));
        Path file = folder.resolve("nnUNetPlans.json");
        PythonJson.write(file, record.get("existing_plans"), false);
        PlanningOptions options = PlanningOptions.of(Planner.EXPERIMENT_PLANNER);
        PlansJson.write(
                file,
                plans(record.get("dataset").textValue(), options),
                options.planner().className());
        assertThat(Files.readString(file)).isEqualTo(PythonJson.text(record.get("result"), false));
    }

    @Test
    void halvesPatchesAsTheReferenceDoes() {
        List<JsonNode> records = Golden.lines("topology.jsonl");
        assertThat(records).hasSize(240);
        for (JsonNode record : records) {
            Topology topology = Topology.of(Golden.doubles(record.get("spacing")), Golden.doubles(record.get("size")));
            assertThat(topology.strides().toString().replace(" ", ""))
                    .isEqualTo(record.get("strides").toString());
            assertThat(topology.kernelSizes().toString().replace(" ", ""))
                    .isEqualTo(record.get("kernel_sizes").toString());
            assertThat(topology.patchSize()).containsExactly(ints(record.get("patch_size")));
            assertThat(topology.divisors()).containsExactly(ints(record.get("divisible_by")));
        }
    }

    @Test
    void countsFeatureMapsAsTheReferenceDoes() throws IOException {
        List<JsonNode> records = Golden.lines("cost.jsonl");
        assertThat(records).hasSize(235);
        for (JsonNode record : records) {
            Architecture network = ArchitectureJson.read(Golden.value(record));
            NetworkCost cost = new NetworkCost(
                    network,
                    ints(record.get("patch_size")),
                    record.get("num_classes").intValue());
            assertThat(cost.featureMaps()).isEqualTo(record.get("cost").longValue());
            assertThat(cost.featureMapsWithDeepSupervision())
                    .isEqualTo(record.get("cost_deep_supervision").longValue());
        }
    }

    @Test
    void theEmittedNetworksHaveAsManyParametersAsTheReference() throws IOException {
        SoftAssertions softly = new SoftAssertions();
        for (JsonNode record : Golden.lines("cost.jsonl")) {
            NetworkScript script = NetworkScript.withDeepSupervision(
                    ArchitectureJson.read(Golden.value(record)),
                    record.get("input_channels").intValue(),
                    record.get("num_classes").intValue());
            long parameters = script.parameters().stream()
                    .mapToLong(each -> Arrays.stream(each.shape()).reduce(1, Math::multiplyExact))
                    .sum();
            softly.assertThat(parameters).isEqualTo(record.get("parameters").longValue());
        }
        softly.assertAll();
    }

    private static JsonNode plan(String dataset, PlanningOptions options) throws IOException {
        return PlansJson.json(plans(dataset, options), options.planner().className());
    }

    private static Plans plans(String name, PlanningOptions options) throws IOException {
        JsonNode record = Objects.requireNonNull(DATASETS.get(name), name);
        Dataset dataset = Dataset.of(Golden.value(record.get("dataset_json")));
        Fingerprint fingerprint = Fingerprint.of(Golden.value(record.get("fingerprint")));
        return new ExperimentPlanner(dataset, fingerprint, options)
                .plan(record.get("dataset_name").textValue(), ReaderChoice.of(dataset, fingerprint));
    }

    private static PlanningOptions options(JsonNode run) {
        ObjectNode arguments = (ObjectNode) run.get("kwargs");
        String planner = run.get("planner").textValue().replace("(legacy module)", "");
        return new PlanningOptions(
                Planner.ofClassName(planner),
                Optional.ofNullable(arguments.get("gpu_memory_target_in_gb")).map(JsonNode::doubleValue),
                PlanningOptions.DEFAULT_PREPROCESSOR,
                Optional.ofNullable(arguments.get("overwrite_target_spacing"))
                        .map(spacing -> StreamSupport.stream(spacing.spliterator(), false)
                                .map(JsonNode::doubleValue)
                                .toList()),
                Optional.ofNullable(arguments.get("plans_name")).map(JsonNode::textValue),
                arguments.path("suppress_transpose").asBoolean());
    }

    private static Map<String, JsonNode> datasets() {
        Map<String, JsonNode> datasets = new HashMap<>();
        Golden.lines("datasets.jsonl")
                .forEach(record -> datasets.put(record.get("id").textValue(), record));
        return datasets;
    }

    private static int[] ints(JsonNode array) {
        return java.util.Arrays.stream(Golden.doubles(array))
                .mapToInt(value -> (int) value)
                .toArray();
    }
}
