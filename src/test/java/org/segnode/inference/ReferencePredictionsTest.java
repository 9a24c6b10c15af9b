package org.segnode.inference;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.segnode.UnusableSeriesException;
import org.segnode.volume.LabelMap;
import org.segnode.volume.Volume;
import org.segnode.volume.io.VolumeFiles;

/** Compares with what nnU-Net itself predicted with real weights: at least 99.99 % of the voxels and Dice 0.999. */
class ReferencePredictionsTest {
    private static final Path REFERENCE = Path.of("src/test/resources/reference");
    private static final Path MODEL_3D = Path.of("src/models/hippocampus-3d");
    private static final Path MODEL_2D = Path.of("src/test/resources/models/hippocampus-2d");
    private static final Path MODEL_REGIONS = Path.of("src/test/resources/models/hippocampus-regions-3d");

    static Stream<Arguments> recorded() {
        PredictionOptions one = PredictionOptions.DEFAULT.withFolds("0");
        PredictionOptions all = PredictionOptions.DEFAULT;
        return Stream.of(
                Arguments.of("3d-fold0", MODEL_3D, one),
                Arguments.of("3d-fold0-no-mirroring", MODEL_3D, one.withMirroring(false)),
                Arguments.of("3d-folds01", MODEL_3D, all),
                Arguments.of("2d-folds01", MODEL_2D, all),
                Arguments.of("region-fold1", MODEL_REGIONS, all));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("recorded")
    void givesNnunetsPrediction(String name, Path model, PredictionOptions options) throws Exception {
        try (Segmenter segmenter = Segmenters.open(model, options)) {
            compareAll(name, segmenter);
        }
    }

    @Test
    void givesNnunetsEnsemble() throws Exception {
        PredictionOptions all = PredictionOptions.DEFAULT;
        try (Segmenter ensemble =
                new EnsemblePredictor(List.of(Segmenters.open(MODEL_3D, all), Segmenters.open(MODEL_2D, all)))) {
            compareAll("ensemble-2d-3d", ensemble);
        }
    }

    private static void compareAll(String name, Segmenter segmenter) throws IOException, UnusableSeriesException {
        try (Stream<Path> files = Files.list(REFERENCE.resolve(name))) {
            for (Path file :
                    files.filter(ReferencePredictionsTest::isWanted).sorted().toList()) {
                String image = file.getFileName().toString().replace(".nii.gz", "_0000.nii.gz");
                Volume volume =
                        VolumeFiles.read(List.of(REFERENCE.resolve("inputs").resolve(image)));
                compare(name + " " + image, segmenter.segment(volume, Progress.NONE), VolumeFiles.readLabels(file));
            }
        }
    }

    /** Patch larger than the image (225), more than one tile (251); all six with {@code -Dsegnode.wide=true}. */
    private static boolean isWanted(Path file) {
        return file.toString().matches(Boolean.getBoolean("segnode.wide") ? ".*\\.nii\\.gz" : ".*(225|251)\\.nii\\.gz");
    }

    private static void compare(String name, LabelMap actual, LabelMap expected) {
        assertThat(actual.grid().shape()).isEqualTo(expected.grid().shape());
        assertThat(actual.grid().origin().minus(expected.grid().origin()).length())
                .isLessThan(1e-3);
        int different = 0;
        int[] both = new int[3];
        for (int i = 0; i < actual.labels().length; i++) {
            different += actual.labels()[i] == expected.labels()[i] ? 0 : 1;
            both[actual.labels()[i]] += actual.labels()[i] == expected.labels()[i] ? 1 : 0;
        }
        assertThat(different).as("%s: different voxels", name).isLessThanOrEqualTo(actual.labels().length / 10_000);
        for (int label = 1; label <= 2; label++) {
            double dice = 2.0 * both[label] / (actual.count(label) + expected.count(label));
            assertThat(dice).as("%s: Dice of label %d", name, label).isGreaterThanOrEqualTo(0.999);
        }
    }
}
