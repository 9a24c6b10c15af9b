package org.segnode.preprocess;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.segnode.plan.Dataset;
import org.segnode.plan.Plans;
import org.segnode.volume.Box;
import org.segnode.volume.LabelMap;
import org.segnode.volume.Shape;
import org.segnode.volume.io.ReaderWriter;
import org.segnode.volume.io.StoredImage;

/** Whole cases, from the files to what the network takes, as nnU-Net's DefaultPreprocessor recorded them. */
class GoldenPreprocessorTest {
    private static final Path FOLDER = GoldenCases.folder();

    static Stream<Arguments> cases() {
        return GoldenCases.entries(FOLDER.resolve("index.json"))
                .filter(each ->
                        Files.isDirectory(FOLDER.resolve(each.get("case").asText())))
                .flatMap(each -> each.get("configurations")
                        .valueStream()
                        .map(configuration -> arguments(each.get("case").asText(), configuration.asText(), each)));
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("cases")
    void preparesAsRecorded(String name, String configuration, JsonNode index) throws Exception {
        Path folder = FOLDER.resolve(name);
        Plans plans = Plans.read(folder.resolve("plans.json"));
        Dataset dataset = Dataset.read(folder.resolve("dataset.json"));
        ReaderWriter reader =
                ReaderWriter.ofClassName(plans.imageReaderWriter()).orElseThrow();
        List<Path> images = new ArrayList<>();
        index.get("images").forEach(image -> images.add(folder.resolve(image.asText())));
        StoredImage image = reader.read(images);
        Preprocessor preprocessor = new Preprocessor(plans, plans.configuration(configuration), dataset.labels());
        Path recorded = folder.resolve(configuration);
        if (index.get("label").isNull()) {
            requireImage(preprocessor.prepare(image.volume()), recorded);
            return;
        }
        StoredImage labels =
                reader.read(List.of(folder.resolve(index.get("label").asText())));
        TrainingCase prepared = preprocessor.prepareForTraining(image.volume(), labelMap(labels));
        requireImage(prepared.image(), recorded);
        requireLabels(prepared, recorded);
        requireLocations(prepared, recorded);
    }

    private static LabelMap labelMap(StoredImage image) {
        float[] values = image.volume().channels().get(0);
        short[] labels = new short[values.length];
        for (int i = 0; i < values.length; i++) {
            labels[i] = (short) values[i];
        }
        return new LabelMap(image.volume().grid(), labels);
    }

    private static void requireImage(PreparedCase prepared, Path recorded) throws IOException {
        JsonNode properties =
                GoldenCases.json(recorded.resolve("properties.json")).get("properties");
        CaseGeometry geometry = prepared.geometry();
        assertThat(geometry.spacing().toArray()).containsExactly(GoldenCases.doubles(properties.get("spacing")));
        assertThat(geometry.shapeBeforeCropping().toArray())
                .containsExactly(GoldenCases.ints(properties.get("shape_before_cropping")));
        JsonNode box = properties.get("bbox_used_for_cropping");
        assertThat(geometry.box())
                .isEqualTo(new Box(
                        box.at("/0/0").asInt(),
                        box.at("/0/1").asInt(),
                        box.at("/1/0").asInt(),
                        box.at("/1/1").asInt(),
                        box.at("/2/0").asInt(),
                        box.at("/2/1").asInt()));
        if (!Files.exists(recorded.resolve("data.npy"))) {
            return;
        }
        int[] shape = GoldenCases.shape(recorded.resolve("data.npy"));
        assertThat(prepared.shape()).isEqualTo(new Shape(shape[1], shape[2], shape[3]));
        assertThat(prepared.channels()).hasSize(shape[0]);
        double[] expected = GoldenCases.numbers(recorded.resolve("data.npy"));
        double farthest = 0;
        for (int i = 0; i < expected.length; i++) {
            int voxels = prepared.shape().voxels();
            farthest = Math.max(farthest, Math.abs(prepared.channels().get(i / voxels)[i % voxels] - expected[i]));
        }
        assertThat(farthest).as("largest difference of a voxel").isLessThanOrEqualTo(1e-5);
    }

    private static void requireLabels(TrainingCase prepared, Path recorded) throws IOException {
        if (!Files.exists(recorded.resolve("seg.npy"))) {
            return;
        }
        double[] expected = GoldenCases.numbers(recorded.resolve("seg.npy"));
        int differing = 0;
        for (int i = 0; i < expected.length; i++) {
            differing += prepared.labels()[i] == expected[i] ? 0 : 1;
        }
        assertThat(differing).as("labels that differ, of " + expected.length).isZero();
    }

    private static void requireLocations(TrainingCase prepared, Path recorded) throws Exception {
        JsonNode classes = GoldenCases.json(recorded.resolve("properties.json")).get("class_locations");
        List<ClassLocations.Entry> entries = prepared.locations().classes();
        assertThat(entries).hasSize(classes.size());
        for (int i = 0; i < entries.size(); i++) {
            assertThat(entries.get(i).voxels())
                    .hasSize(classes.get(i).get("count").asInt());
            assertThat(entries.get(i).tuple())
                    .isEqualTo(classes.get(i).get("key_is_tuple").asBoolean());
            if (classes.get(i).has("sha256_of_int32_le")) {
                assertThat(digest(entries.get(i).voxels(), prepared.image().shape()))
                        .isEqualTo(classes.get(i).get("sha256_of_int32_le").asText());
            }
        }
    }

    private static String digest(int[] voxels, Shape shape) throws Exception {
        ByteBuffer rows = ByteBuffer.allocate(16 * voxels.length).order(ByteOrder.LITTLE_ENDIAN);
        for (int voxel : voxels) {
            int plane = shape.rows() * shape.columns();
            rows.putInt(0)
                    .putInt(voxel / plane)
                    .putInt(voxel % plane / shape.columns())
                    .putInt(voxel % shape.columns());
        }
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(rows.array()));
    }
}
