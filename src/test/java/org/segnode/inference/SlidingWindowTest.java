package org.segnode.inference;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.segnode.network.ComputeDevice;
import org.segnode.network.Network;
import org.segnode.network.Npy;
import org.segnode.network.Variant;
import org.segnode.volume.Halfs;
import org.segnode.volume.Shape;

class SlidingWindowTest {
    private static final Path GOLDEN = Path.of("src/test/resources/golden/inference");

    static List<String> recorded() throws IOException {
        try (Stream<Path> files = Files.walk(GOLDEN.resolve("results"))) {
            return files.map(file -> GOLDEN.resolve("results").relativize(file).toString())
                    .filter(name -> name.endsWith("_logits_sliding_window.npy"))
                    .filter(name -> Files.exists(input(name)))
                    .filter(name -> Boolean.getBoolean("segnode.wide") || !name.contains("in3"))
                    .sorted()
                    .toList();
        }
    }

    /** Of a recorded result, the input that the network saw. */
    private static Path input(String name) {
        String[] parts = name.split("/", -1);
        String image = parts[3].replace("logits_sliding_window", "network_input");
        return GOLDEN.resolve("results/" + parts[0] + "/" + parts[1] + "/default/" + image);
    }

    static PredictionOptions options(String variant) {
        PredictionOptions all = PredictionOptions.DEFAULT;
        return switch (variant) {
            case "default", "plain" -> all.withFolds("0", "1");
            case "fold0_nomirror" -> all.withFolds("0").withMirroring(false);
            case "fold0_mirror" -> all.withFolds("0");
            case "fold1_step1" -> all.withFolds("1").withMirroring(false).withStep(1);
            case "folds01_step1_nogauss" -> all.withStep(1).withGaussian(false);
            default -> throw new IllegalArgumentException(variant);
        };
    }

    @ParameterizedTest
    @MethodSource("recorded")
    void givesNnunetsLogits(String name) throws IOException {
        String[] parts = name.split("/", -1);
        PredictionOptions options = options(parts[2]);
        TrainedModel model = TrainedModel.open(
                GOLDEN.resolve("models/" + parts[0] + "/nnUNetTrainer__nnUNetPlans__" + parts[1]), options);
        Npy input = Npy.read(input(name));
        Npy expected = Npy.read(GOLDEN.resolve("results").resolve(name));

        short[][] logits = logits(model, options, input);

        assertThat(logits).hasNumberOfRows(expected.shape()[0]);
        int voxels = logits[0].length;
        for (int head = 0; head < logits.length; head++) {
            for (int i = 0; i < voxels; i++) {
                short bits = expected.halfBits()[head * voxels + i];
                float difference = Math.abs(Halfs.toFloat(logits[head][i]) - Halfs.toFloat(bits));
                assertThat(difference <= 2e-2 || Math.abs(logits[head][i] - bits) <= 4)
                        .as("head %d, voxel %d: difference %s", head, i, difference)
                        .isTrue();
            }
        }
    }

    private static short[][] logits(TrainedModel model, PredictionOptions options, Npy input) throws IOException {
        int[] patch = model.patch();
        Shape shape = new Shape(input.shape()[1], input.shape()[2], input.shape()[3]);
        Padding padding = Padding.of(shape, patch);
        List<float[]> channels = new ArrayList<>();
        for (int channel = 0; channel < input.shape()[0]; channel++) {
            channels.add(padding.pad(
                    Arrays.copyOfRange(input.values(), channel * shape.voxels(), (channel + 1) * shape.voxels())));
        }
        float[] weights = options.gaussian() ? TileWeights.gaussian(patch) : TileWeights.uniform(patch);
        SlidingWindow window = new SlidingWindow(patch, options.stepFraction(), model.mirroring(options), 3);
        FoldAverage average = new FoldAverage();
        for (TrainedModel.Fold fold : model.folds()) {
            Network network = Network.load(
                    model.script(fold, Variant.REFERENCE), fold.checkpoint().weights(), ComputeDevice.CPU);
            try (TileNetwork tiles =
                    new LoadedNetwork(network, model.configuration().patchSizeArray())) {
                HalfAccumulator sums =
                        new HalfAccumulator(padding.padded(), patch, weights, new HeadRange(0, model.heads()));
                window.run(channels, padding.padded(), new HostTarget(tiles, patch, sums), Progress.NONE);
                average.add(sums.means(padding));
            }
        }
        return average.halfMean();
    }
}
