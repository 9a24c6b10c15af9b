package org.segnode.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.segnode.plan.CaseTasks;
import org.segnode.plan.Dataset;
import org.segnode.plan.Region;
import org.segnode.volume.io.ReaderWriter;

class GoldenSummaryTest {
    private static final Path FOLDER = Path.of("src/test/resources/org/segnode/evaluation");
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
            .build();

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"labels", "labels_ignore", "regions", "regions_ignore", "class_never_present"})
    void summarisesAsTheReferenceDoes(String set) throws Exception {
        Dataset dataset = Dataset.read(FOLDER.resolve(set).resolve("dataset.json"));
        compare(set, FolderEvaluation.of(dataset, ReaderWriter.SIMPLE_ITK), "summary.json");
    }

    @Test
    void takesLabelsByNumber() throws Exception {
        List<Region> regions = List.of(Region.of("1", 1), Region.of("2", 2));
        compare(
                "labels_ignore",
                new FolderEvaluation(regions, 4, ".nii.gz", ReaderWriter.SIMPLE_ITK),
                "summary_simple_ignore.json");
    }

    @Test
    void leavesBackgroundOutOfTheForegroundMean() throws Exception {
        List<Region> regions = List.of(Region.of("0", 0), Region.of("1", 1), Region.of("2", 2));
        compare(
                "labels_ignore",
                new FolderEvaluation(regions, -1, ".nii.gz", ReaderWriter.SIMPLE_ITK),
                "summary_simple_with_background.json");
    }

    @Test
    void wantsAPredictionForEveryReferenceUnlessChilled() throws Exception {
        Path predictions = Files.createDirectories(folder.resolve("pred"));
        Path set = FOLDER.resolve("labels");
        Files.copy(set.resolve("pred/c0.nii.gz"), predictions.resolve("c0.nii.gz"));
        FolderEvaluation evaluation =
                FolderEvaluation.of(Dataset.read(set.resolve("dataset.json")), ReaderWriter.SIMPLE_ITK);
        assertThatThrownBy(() -> evaluation.evaluate(set.resolve("ref"), predictions, false, CaseTasks.of(1)))
                .hasMessageContaining("lacks c1.nii.gz");
        assertThat(evaluation
                        .evaluate(set.resolve("ref"), predictions, true, CaseTasks.of(1))
                        .cases())
                .hasSize(1);
    }

    private void compare(String set, FolderEvaluation evaluation, String file) throws Exception {
        Path summary = folder.resolve("summary.json");
        evaluation
                .evaluate(
                        FOLDER.resolve(set).resolve("ref"), FOLDER.resolve(set).resolve("pred"), false, CaseTasks.of(2))
                .write(summary);
        String written = Files.readString(summary).replace(FOLDER.resolve(set) + "/", "");
        String recorded = Files.readString(FOLDER.resolve(set).resolve(file));
        compare(file, json(written), json(recorded));
        assertThat(written.replaceAll("-?\\d+\\.\\d+", "#")).isEqualTo(recorded.replaceAll("-?\\d+\\.\\d+", "#"));
    }

    private static void compare(String place, JsonNode actual, JsonNode expected) {
        if (expected.isFloatingPointNumber() && !Double.isNaN(expected.doubleValue())) {
            assertThat(actual.doubleValue())
                    .as(place)
                    .isCloseTo(expected.doubleValue(), within(1e-12 * Math.max(1, expected.doubleValue())));
        } else if (expected.isValueNode()) {
            assertThat(actual).as(place).isEqualTo(expected);
        } else if (expected.isArray()) {
            assertThat(actual).as(place).hasSameSizeAs(expected);
            for (int i = 0; i < expected.size(); i++) {
                compare(place + "/" + i, actual.get(i), expected.get(i));
            }
        } else {
            assertThat(actual.size()).as(place).isEqualTo(expected.size());
            expected.properties()
                    .forEach(entry ->
                            compare(place + "/" + entry.getKey(), actual.path(entry.getKey()), entry.getValue()));
        }
    }

    private static JsonNode json(String text) throws IOException {
        return MAPPER.readTree(text);
    }
}
