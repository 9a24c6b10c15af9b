package org.segnode.preprocess;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.segnode.plan.Configuration;
import org.segnode.plan.Dataset;
import org.segnode.plan.Labels;
import org.segnode.plan.Plans;
import org.segnode.volume.GradedLabelMap;
import org.segnode.volume.LabelMap;
import org.segnode.volume.Shape;
import org.segnode.volume.Volume;
import org.segnode.volume.io.NumpyReader;
import org.segnode.volume.io.VolumeFiles;

/** From the recorded logits of nnU-Net's sliding window to its label maps and probabilities. */
class GoldenRestorationTest {
    private static final Path FOLDER = GoldenCases.folder().resolveSibling("inference");

    static Stream<Arguments> cases() throws IOException {
        try (Stream<Path> files = Files.walk(FOLDER.resolve("results"))) {
            return files
                    .filter(file -> file.toString().endsWith("_logits_original_grid.npy"))
                    .sorted()
                    .map(file -> arguments(
                            file.getName(file.getNameCount() - 4).toString(),
                            file.getName(file.getNameCount() - 3).toString(),
                            file.getFileName().toString().substring(0, 3)))
                    .toList()
                    .stream();
        }
    }

    @ParameterizedTest(name = "{0} {1} {2}")
    @MethodSource("cases")
    void restoresWhatWasPrepared(String dataset, String configurationName, String name) throws Exception {
        Path model = FOLDER.resolve("models/" + dataset + "/nnUNetTrainer__nnUNetPlans__" + configurationName);
        Plans plans = Plans.read(model.resolve("plans.json"));
        Dataset description = Dataset.read(model.resolve("dataset.json"));
        Configuration configuration = plans.configuration(configurationName);
        Path results = FOLDER.resolve("results/" + dataset + "/" + configurationName);
        Volume volume = VolumeFiles.read(
                images(dataset, name, description.channelNames().size()));
        Preprocessor preprocessor = new Preprocessor(plans, configuration, description.labels());
        PreparedCase prepared = configuration.previousStage().isPresent()
                ? preprocessor.prepare(
                        volume,
                        VolumeFiles.readLabels(results.resolveSibling(
                                        configuration.previousStage().orElseThrow())
                                .resolve("plain/" + name + ".nii.gz")))
                : preprocessor.prepare(volume);
        requireInput(prepared, results.resolve("default/" + name + "_network_input.npy"));
        Logits logits = logits(results.resolve("default/" + name + "_logits_sliding_window.npy"));
        requireLogits(
                resampled(logits, configuration, prepared),
                results.resolve("default/" + name + "_logits_original_grid.npy"));
        Restoration restoration = new Restoration(plans, configuration, description.labels());
        LabelMap plain = VolumeFiles.readLabels(results.resolve("plain/" + name + ".nii.gz"));
        assertThat(restoration.labels(logits, prepared.geometry()).labels()).isEqualTo(plain.labels());
        Path npz = results.resolve("default/" + name + ".npz");
        Probabilities probabilities = restoration.probabilities(logits, prepared.geometry());
        requireLevels(restoration.graded(logits, prepared.geometry()), plain, probabilities, description.labels());
        LabelMap labels = VolumeFiles.readLabels(results.resolve("default/" + name + ".nii.gz"));
        assertThat(restoration.labels(probabilities, volume.grid()).labels()).isEqualTo(labels.labels());
        if (Files.exists(npz)) {
            requireProbabilities(probabilities, npz);
        }
    }

    /** To a step of 255; of regions only where the label map does not say otherwise. */
    private static void requireLevels(
            GradedLabelMap graded, LabelMap plain, Probabilities probabilities, Labels labels) {
        assertThat(graded.labels().labels()).isEqualTo(plain.labels());
        List<Integer> order = labels.hasRegions() ? labels.regionsClassOrder() : labels.all();
        for (int head = 0; head < order.size(); head++) {
            int label = order.get(head);
            for (int i = 0; label != 0 && i < plain.labels().length; i++) {
                int level = Objects.requireNonNull(graded.levels().get(label))[i] & 0xff;
                boolean capped = labels.hasRegions() && plain.labels()[i] != label;
                double exact = 255 * (double) probabilities.heads()[head][i];
                assertThat((double) level).isCloseTo(capped ? Math.min(127, exact) : exact, offset(0.51));
            }
        }
    }

    private static List<Path> images(String dataset, String name, int channels) {
        return IntStream.range(0, channels)
                .mapToObj(channel -> FOLDER.resolve("inputs/" + dataset + "/" + name + "_000" + channel + ".nii.gz"))
                .toList();
    }

    private static void requireInput(PreparedCase prepared, Path npy) throws IOException {
        double[] expected = GoldenCases.numbers(npy);
        double farthest = 0;
        for (int i = 0; i < expected.length; i++) {
            int voxels = prepared.shape().voxels();
            farthest = Math.max(farthest, Math.abs(prepared.channels().get(i / voxels)[i % voxels] - expected[i]));
        }
        assertThat(farthest).as("largest difference of the network's input").isLessThanOrEqualTo(1e-5);
    }

    private static Logits logits(Path npy) throws IOException {
        try (NumpyReader reader = NumpyReader.open(npy)) {
            int[] shape = reader.shape();
            Shape grid = new Shape(shape[1], shape[2], shape[3]);
            short[][] heads = new short[shape[0]][];
            for (int head = 0; head < heads.length; head++) {
                heads[head] = reader.halfs(grid.voxels());
            }
            return Logits.ofHalfs(grid, heads);
        }
    }

    private static float[] resampled(Logits logits, Configuration configuration, PreparedCase prepared) {
        CaseGeometry geometry = prepared.geometry();
        Resampling resampling = new Resampling(
                configuration.resamplingProbabilities(),
                logits.shape(),
                geometry.shapeAfterCropping(),
                Spacings.ofConfiguration(configuration, geometry.permutedSpacing()),
                geometry.permutedSpacing());
        int voxels = resampling.newShape().voxels();
        float[] all = new float[logits.heads() * voxels];
        float[] one = new float[voxels];
        for (int head = 0; head < logits.heads(); head++) {
            resampling.head(logits, head, one);
            System.arraycopy(one, 0, all, head * voxels, voxels);
        }
        return all;
    }

    /** A sum that lies just between two halfs may be rounded the other way: one unit in the last place, seldom. */
    private static void requireLogits(float[] actual, Path npy) throws IOException {
        double[] expected = GoldenCases.numbers(npy);
        int differing = 0;
        for (int i = 0; i < expected.length; i++) {
            assertThat((double) actual[i]).isCloseTo(expected[i], offset(Math.abs(expected[i]) * 0x1p-10 + 0x1p-24));
            differing += actual[i] == expected[i] ? 0 : 1;
        }
        assertThat(differing)
                .as("logits rounded the other way, of " + expected.length)
                .isLessThan(expected.length / 50 + 1);
    }

    private static void requireProbabilities(Probabilities probabilities, Path npz) throws IOException {
        double farthest = 0;
        try (NumpyReader reader = NumpyReader.open(npz, "probabilities")) {
            for (float[] head : probabilities.heads()) {
                float[] expected = reader.floats(head.length);
                for (int i = 0; i < head.length; i++) {
                    farthest = Math.max(farthest, Math.abs(head[i] - expected[i]));
                }
            }
        }
        assertThat(farthest).as("largest difference of a probability").isLessThanOrEqualTo(5e-4);
    }
}
