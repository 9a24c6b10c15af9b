package org.segnode.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SpoiledJsonTest {
    private static final Path FOLDER = Path.of("src/test/resources/org/segnode/plan");
    private static final List<String> HOSTILE = List.of(
            "null",
            "true",
            "-1",
            "0",
            "1",
            "2",
            "0.5",
            "1e308",
            "-1e308",
            "NaN",
            "Infinity",
            "99999999999999999999999",
            "2147483648",
            "\"\"",
            "\"3d_fullres\"",
            "\"../../x\\n\\u0000\"",
            "[]",
            "{}",
            "[[]]",
            "[1,1,1]",
            "[0,0,0]",
            "[1000000000,1000000000,1000000000]",
            "{\"0\":1}",
            "[null]",
            "[[1,2],[3]]");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "hippocampus-plans.json",
                "old-plans.json",
                "hippocampus-regions-dataset.json",
                "fingerprint/Dataset702_Holes/dataset_fingerprint.json"
            })
    void readsOrRefusesValuesOfAllKinds(String file) throws IOException {
        JsonNode sound = Golden.json(Files.readString(FOLDER.resolve(file)));
        Random random = new Random(20261121);
        for (int round = 0; round < 1500; round++) {
            JsonNode spoiled = sound.deepCopy();
            for (int i = 0; i <= round % 3; i++) {
                spoil(spoiled, random);
            }
            byte[] bytes = spoiled.toString().replace("\"NaN\"", "NaN").getBytes(StandardCharsets.UTF_8);
            assertTimeoutPreemptively(Duration.ofSeconds(20), () -> readOrRefuse(bytes));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"hippocampus-plans.json", "hippocampus-regions-dataset.json"})
    void readsOrRefusesSpoiledBytes(String file) throws IOException {
        byte[] sound = Files.readAllBytes(FOLDER.resolve(file));
        Random random = new Random(7);
        for (int round = 0; round < 1500; round++) {
            byte[] spoiled = java.util.Arrays.copyOf(sound, 1 + random.nextInt(sound.length));
            for (int i = 0; i < 3; i++) {
                spoiled[random.nextInt(spoiled.length)] = (byte) random.nextInt(256);
            }
            readOrRefuse(spoiled);
        }
    }

    /** Every reader takes the bytes, or refuses them in one line; what is taken can be planned or is refused in one line. */
    static void readOrRefuse(byte[] bytes) {
        refusable(() -> Plans.of(JsonValue.parse("plans.json", bytes)));
        refusable(() -> Dataset.of(JsonValue.parse("dataset.json", bytes)));
        refusable(() -> plan(Fingerprint.of(JsonValue.parse("fingerprint.json", bytes))));
    }

    private interface Reading {
        Object read() throws UnusableFileException;
    }

    private static void refusable(Reading reading) {
        try {
            assertThat(reading.read()).isNotNull();
        } catch (UnusableFileException refusal) {
            assertThat(refusal.getMessage()).hasLineCount(1).hasSizeLessThan(600);
        }
    }

    private static Object plan(Fingerprint fingerprint) {
        try {
            Dataset dataset = new Dataset(
                    fingerprint.intensities().stream().map(each -> "MRI").toList(),
                    Labels.of("a"),
                    java.util.OptionalInt.of(3),
                    ".nii.gz",
                    java.util.Optional.empty(),
                    java.util.Map.of());
            return new ExperimentPlanner(dataset, fingerprint, PlanningOptions.of(Planner.EXPERIMENT_PLANNER))
                    .plan("Dataset001_X", "SimpleITKIO");
        } catch (IllegalArgumentException refusal) {
            assertThat(refusal.getMessage()).hasLineCount(1);
            return refusal;
        }
    }

    private static void spoil(JsonNode root, Random random) {
        List<JsonNode> containers = new ArrayList<>();
        collect(root, containers);
        JsonNode container = containers.get(random.nextInt(containers.size()));
        JsonNode value = Golden.json(HOSTILE.get(random.nextInt(HOSTILE.size())));
        if (container instanceof ObjectNode object && !object.isEmpty()) {
            List<String> names = new ArrayList<>();
            object.fieldNames().forEachRemaining(names::add);
            String name = names.get(random.nextInt(names.size()));
            if (random.nextInt(5) == 0) {
                object.remove(name);
            } else {
                object.set(name, value);
            }
        } else if (container instanceof ArrayNode array && !array.isEmpty()) {
            array.set(random.nextInt(array.size()), value);
        }
    }

    private static void collect(JsonNode node, List<JsonNode> containers) {
        if (node.isContainerNode()) {
            containers.add(node);
            node.forEach(child -> collect(child, containers));
        }
    }
}
