package org.segnode.plan;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.segnode.volume.NonZeroCrop;
import org.segnode.volume.Volume;

class GoldenFingerprintTest {
    private static final Path FOLDER = Path.of("src/test/resources/org/segnode/plan/fingerprint");

    @ParameterizedTest
    @ValueSource(strings = {"Dataset701_Hippocampus", "Dataset702_Holes", "Dataset703_Odd"})
    void measuresWhatTheReferenceMeasures(String name) throws Exception {
        compare(name, 100_000, "dataset_fingerprint_100000_samples.json");
    }

    @ParameterizedTest
    @EnabledIfSystemProperty(named = "segnode.golden", matches = ".+", disabledReason = "draws 10^8 intensities")
    @ValueSource(strings = {"Dataset701_Hippocampus", "Dataset702_Holes", "Dataset703_Odd"})
    void measuresWithTheUsualNumberOfDraws(String name) throws Exception {
        compare(name, FingerprintExtractor.DRAWS, "dataset_fingerprint.json");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Dataset701_Hippocampus", "Dataset702_Holes", "Dataset703_Odd"})
    void cropsAndDrawsCaseByCase(String name) throws IOException {
        List<LabelledCase> cases = RawDataset.read(FOLDER.resolve(name)).cases();
        List<JsonNode> expected = Files.readAllLines(FOLDER.resolve(name).resolve("cases.jsonl")).stream()
                .map(Golden::json)
                .toList();
        assertThat(cases).hasSameSizeAs(expected);
        for (int i = 0; i < expected.size(); i++) {
            checkCase(cases.get(i), expected.get(i));
        }
    }

    private static void checkCase(LabelledCase each, JsonNode expected) throws IOException {
        Volume image = each.image();
        assertThat(each.id()).isEqualTo(expected.get("case").textValue());
        assertThat(image.grid().spacing().toArray()).containsExactly(Golden.doubles(expected.get("spacing")));
        NonZeroCrop crop = NonZeroCrop.of(image.shape(), image.channels());
        assertThat(crop.inside().cardinality())
                .isEqualTo(expected.get("nonzero_voxels_after_hole_filling").intValue());
        for (int axis = 0; axis < 3; axis++) {
            JsonNode range = expected.get("bbox").get(axis);
            assertThat(crop.box().start(axis)).isEqualTo(range.get(0).intValue());
            assertThat(crop.box().end(axis)).isEqualTo(range.get(1).intValue());
        }
        short[] labels = crop.cutLabels(each.labels().labels(), image.shape());
        Map<String, Integer> counts = new TreeMap<>();
        for (short label : labels) {
            counts.merge(Short.toString(label), 1, Integer::sum);
        }
        Map<String, Integer> wanted = new TreeMap<>();
        expected.get("label_counts_after_crop")
                .properties()
                .forEach(entry -> wanted.put(entry.getKey(), entry.getValue().intValue()));
        assertThat(counts).isEqualTo(wanted);
        RandomState random = new RandomState(1234);
        for (int channel = 0; channel < image.channels().size(); channel++) {
            double[] samples =
                    Golden.doubles(expected.get("first_12_samples_per_channel").get(channel));
            float[] foreground =
                    foreground(labels, crop.box().cut(image.channels().get(channel), image.shape()));
            for (double sample : samples) {
                assertThat((double) foreground[random.nextInt(foreground.length)])
                        .isEqualTo(sample);
            }
        }
    }

    private static float[] foreground(short[] labels, float[] voxels) {
        float[] values = new float[voxels.length];
        int count = 0;
        for (int i = 0; i < labels.length; i++) {
            if (labels[i] > 0) {
                values[count++] = voxels[i];
            }
        }
        return java.util.Arrays.copyOf(values, count);
    }

    /** Exact, sums in single precision included. */
    private static void compare(String name, int draws, String file) throws Exception {
        RawDataset raw = RawDataset.read(FOLDER.resolve(name));
        Fingerprint actual = new FingerprintExtractor(
                        raw.cases(), raw.dataset().channelNames().size(), draws)
                .extract(CaseTasks.of(2));
        assertThat(actual).isEqualTo(Fingerprint.read(FOLDER.resolve(name).resolve(file)));
        assertThat(PythonJson.text(actual.json(), true))
                .isEqualTo(Files.readString(FOLDER.resolve(name).resolve(file)));
    }
}
