package org.segnode.inference;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.segnode.preprocess.SavedProbabilities;
import org.segnode.volume.io.VolumeFiles;

class FolderPredictorTest {
    private static final Path GOLDEN = Path.of("src/test/resources/golden/inference");

    @TempDir
    private Path output;

    private static final class Log implements FolderPredictor.Listener {
        private final List<String> written = new ArrayList<>();
        private final List<String> failed = new ArrayList<>();

        @Override
        public void written(String name) {
            written.add(name);
        }

        @Override
        public void failed(String name, String reason) {
            failed.add(name + ": " + reason);
        }

        @Override
        public void step(int done, int total) {
            assertThat(done).isBetween(1, total);
        }
    }

    private Log predict(String dataset, String configuration, List<ImageCase> cases, FolderOptions options)
            throws IOException {
        Path model = GOLDEN.resolve("models/" + dataset + "/nnUNetTrainer__nnUNetPlans__" + configuration);
        Log log = new Log();
        try (Predictor predictor = new Predictor(TrainedModel.open(model), PredictionOptions.DEFAULT)) {
            new FolderPredictor(predictor, options).predict(cases, output, log);
        }
        return log;
    }

    private static List<ImageCase> cases(String dataset, int first, int end) throws IOException {
        return ImageCase.list(GOLDEN.resolve("inputs/" + dataset), ".nii.gz").subList(first, end);
    }

    @ParameterizedTest
    @CsvSource({
        "Dataset501_Labels, 2d",
        "Dataset501_Labels, 3d_fullres",
        "Dataset501_Labels, 3d_lowres",
        "Dataset502_Regions, 2d",
        "Dataset502_Regions, 3d_fullres"
    })
    void givesNnunetsLabelMaps(String dataset, String configuration) throws IOException {
        Log log = predict(dataset, configuration, cases(dataset, 0, 3), FolderOptions.DEFAULT);

        assertThat(log.failed).isEmpty();
        assertThat(log.written).containsExactly("in0", "in1", "in2");
        for (String name : log.written) {
            assertThat(sameVoxels(GOLDEN.resolve("results/" + dataset + "/" + configuration + "/plain"), name))
                    .as(name)
                    .isGreaterThanOrEqualTo(0.999); // the tolerance that was recorded
        }
        assertThat(output.resolve("plans.json")).exists();
        assertThat(output.resolve("dataset.json")).exists();
    }

    @Test
    void aCascadeTakesGivenLabelsOrRunsItsFirstStageItself() throws IOException {
        Path expected = GOLDEN.resolve("results/Dataset501_Labels/3d_cascade_fullres/plain");
        Path previous = GOLDEN.resolve("results/Dataset501_Labels/3d_lowres/plain");
        FolderOptions given = new FolderOptions(false, false, Optional.of(previous), 1, 0, Postprocessing.NONE);

        predict("Dataset501_Labels", "3d_cascade_fullres", cases("Dataset501_Labels", 1, 2), given);
        assertThat(sameVoxels(expected, "in1")).isGreaterThanOrEqualTo(0.999);

        predict("Dataset501_Labels", "3d_cascade_fullres", cases("Dataset501_Labels", 1, 2), FolderOptions.DEFAULT);
        assertThat(sameVoxels(expected, "in1")).isGreaterThanOrEqualTo(0.999);
    }

    @Test
    void savesProbabilitiesAndPassesOverWhatIsThere() throws IOException {
        FolderOptions options = new FolderOptions(true, true, Optional.empty(), 1, 0, Postprocessing.NONE);
        Log first = predict("Dataset502_Regions", "2d", cases("Dataset502_Regions", 2, 3), options);
        Log second = predict("Dataset502_Regions", "2d", cases("Dataset502_Regions", 2, 3), options);

        assertThat(first.written).containsExactly("in2");
        assertThat(second.written).isEmpty();
        float[][] saved = SavedProbabilities.read(output.resolve("in2.npz")).heads();
        float[][] recorded = SavedProbabilities.read(GOLDEN.resolve("results/Dataset502_Regions/2d/default/in2.npz"))
                .heads();
        for (int head = 0; head < recorded.length; head++) {
            for (int i = 0; i < recorded[head].length; i++) {
                assertThat(Math.abs(saved[head][i] - recorded[head][i])).isLessThan(5e-3f);
            }
        }
        assertThat(output.resolve("in2.pkl")).exists();
    }

    @Test
    void aSpoiledCaseDoesNotStopTheOthers() throws IOException {
        Path broken = Files.write(output.resolve("broken_0000.nii.gz"), new byte[] {1, 2, 3});
        List<ImageCase> cases = new ArrayList<>();
        cases.add(new ImageCase("broken", List.of(broken)));
        cases.addAll(cases("Dataset501_Labels", 2, 3));

        Log log = predict("Dataset501_Labels", "2d", cases, FolderOptions.DEFAULT);

        assertThat(log.failed).hasSize(1).first().asString().startsWith("broken: ");
        assertThat(log.written).containsExactly("in2");
    }

    @Test
    void everyPartTakesItsShare() throws IOException {
        FolderOptions second = new FolderOptions(false, false, Optional.empty(), 2, 1, Postprocessing.NONE);
        Log log = predict("Dataset501_Labels", "2d", cases("Dataset501_Labels", 0, 3), second);

        assertThat(log.written).containsExactly("in1");
    }

    private double sameVoxels(Path expected, String name) throws IOException {
        short[] actual =
                VolumeFiles.readLabels(output.resolve(name + ".nii.gz")).labels();
        short[] recorded =
                VolumeFiles.readLabels(expected.resolve(name + ".nii.gz")).labels();
        assertThat(actual).hasSameSizeAs(recorded);
        int same = 0;
        for (int i = 0; i < actual.length; i++) {
            same += actual[i] == recorded[i] ? 1 : 0;
        }
        return (double) same / actual.length;
    }
}
