package org.segnode.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.segnode.preprocess.SavedProbabilities;
import org.segnode.volume.LabelMap;
import org.segnode.volume.Volume;
import org.segnode.volume.io.VolumeFiles;

class FolderPredictorTest {
    private static final Path GOLDEN = Path.of("src/test/resources/golden/inference");

    @TempDir
    private Path output;

    private static final class Log implements FolderPredictor.Listener {
        private final List<String> written = new ArrayList<>();
        private final List<String> failed = new ArrayList<>();

        @Override
        public void written(String name, LabelMap labels) {
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

    @Test
    void leavesAFolderAsNnunetDoes() throws IOException {
        Path input = Files.createDirectory(output.resolve("in"));
        Files.copy(GOLDEN.resolve("inputs/Dataset501_Labels/in2_0000.nii.gz"), input.resolve("in2_0000.nii.gz"));
        Path results = output.resolve("out");
        Path model = GOLDEN.resolve("models/Dataset501_Labels/nnUNetTrainer__nnUNetPlans__2d");
        FolderOptions options = new FolderOptions(true, false, Optional.empty(), 1, 0, Postprocessing.NONE);
        try (Predictor predictor = new Predictor(TrainedModel.open(model), PredictionOptions.DEFAULT)) {
            new FolderPredictor(predictor, options).predict(input, results, new Log());
        }
        try (Stream<Path> files = Files.list(results)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrder(
                            "dataset.json",
                            "in2.nii.gz",
                            "in2.npz",
                            "in2.pkl",
                            "plans.json",
                            "predict_from_raw_data_args.json");
        }
        assertThat(Files.readString(results.resolve("predict_from_raw_data_args.json")))
                .contains("\"folder_with_segs_from_prev_stage\": null,\n    \"list_of_lists_or_source_folder\": ")
                .contains("\"save_probabilities\": true");
    }

    @Test
    void namesTheLabelsOfTheFirstStageThatAreMissing() throws IOException {
        FolderOptions given = new FolderOptions(false, false, Optional.of(output), 1, 0, Postprocessing.NONE);
        Log log = predict("Dataset501_Labels", "3d_cascade_fullres", cases("Dataset501_Labels", 1, 2), given);
        assertThat(log.failed).containsExactly("in1: no such file: " + output.resolve("in1.nii.gz"));
    }

    @Test
    void refusesAFolderWhoseFilesAreNotThoseOfChannels() throws IOException {
        assertThatThrownBy(() -> ImageCase.list(output, ".nii.gz")).hasMessageContaining("has no files named like");
        Files.createFile(output.resolve("label.nii.gz"));
        assertThatThrownBy(() -> ImageCase.list(output, ".nii.gz"))
                .hasMessageContaining("label.nii.gz: is not named like CASE_0000.nii.gz");
        assertThatThrownBy(() -> ImageCase.list(output.resolve("nowhere"), ".nii.gz"))
                .isInstanceOf(NoSuchFileException.class);
    }

    @Test
    void predictsVolumesOfAListAsOneByOne() throws Exception {
        Path model = GOLDEN.resolve("models/Dataset501_Labels/nnUNetTrainer__nnUNetPlans__2d");
        Volume volume = VolumeFiles.read(cases("Dataset501_Labels", 2, 3).get(0).images());
        Volume twice = new Volume(
                volume.grid(),
                List.of(volume.channels().get(0), volume.channels().get(0)));
        try (Predictor predictor = new Predictor(TrainedModel.open(model), PredictionOptions.DEFAULT)) {
            CasePipeline pipeline = new CasePipeline(predictor);
            LabelMap alone = predictor.segment(volume, Progress.NONE);
            List<LabelMap> both = pipeline.labels(List.of(volume, volume), Progress.NONE);
            assertThat(both)
                    .hasSize(2)
                    .allSatisfy(each -> assertThat(each.labels()).isEqualTo(alone.labels()));
            List<Volume> spoiled = List.of(volume, twice);
            assertThatThrownBy(() -> pipeline.labels(spoiled, Progress.NONE)).hasMessageStartingWith("volume 1: ");
        }
    }

    /** The next case is asked for before the result of the one before is there. */
    @Test
    void asksForTheNextCaseWhileOneIsComputed() throws Exception {
        Path model = GOLDEN.resolve("models/Dataset501_Labels/nnUNetTrainer__nnUNetPlans__2d");
        Volume volume = VolumeFiles.read(cases("Dataset501_Labels", 2, 3).get(0).images());
        CountDownLatch finished = new CountDownLatch(1);
        Iterator<CasePipeline.Source> cases = new Iterator<>() {
            private int given;

            @Override
            public boolean hasNext() {
                await(given == 1 ? finished : new CountDownLatch(0)); // blocks until the first result is there
                return given < 2;
            }

            @Override
            public CasePipeline.Source next() {
                return CasePipeline.Source.of("case " + given++, volume);
            }
        };
        List<String> events = Collections.synchronizedList(new ArrayList<>());
        try (Predictor predictor = new Predictor(TrainedModel.open(model), PredictionOptions.DEFAULT)) {
            new CasePipeline(predictor)
                    .run(
                            cases,
                            new CasePipeline.Sink() {
                                @Override
                                public void begins(String name) {
                                    events.add(name);
                                }

                                @Override
                                public void computed(String name, Predictor.Computed computed) {
                                    events.add(name + " computed");
                                    finished.countDown();
                                }

                                @Override
                                public void failed(String name, String reason) {
                                    events.add(name + " failed");
                                }
                            },
                            Progress.NONE);
        }
        assertThat(events).containsExactly("case 0", "case 0 computed", "case 1", "case 1 computed");
    }

    /** Each step waits for the other one, so that it would not end if they took turns. */
    @Test
    void readsTheNextCaseAndWritesTheOneBeforeWhileTheNetworksRun() throws Exception {
        Path model = GOLDEN.resolve("models/Dataset501_Labels/nnUNetTrainer__nnUNetPlans__2d");
        Volume volume = VolumeFiles.read(cases("Dataset501_Labels", 2, 3).get(0).images());
        CountDownLatch secondIsRead = new CountDownLatch(1);
        CountDownLatch secondBegan = new CountDownLatch(1);
        List<String> written = Collections.synchronizedList(new ArrayList<>());
        CasePipeline.Source second = new CasePipeline.Source() {
            @Override
            public String name() {
                return "second";
            }

            @Override
            public Volume volume() {
                secondIsRead.countDown();
                return volume;
            }
        };
        CasePipeline.Sink sink = new CasePipeline.Sink() {
            @Override
            public void begins(String name) {
                if (name.equals("second")) {
                    secondBegan.countDown();
                }
            }

            @Override
            public void computed(String name, Predictor.Computed computed) {
                await(secondBegan);
                written.add(name);
            }

            @Override
            public void failed(String name, String reason) {
                written.add(name + " failed: " + reason);
            }
        };
        try (Predictor predictor = new Predictor(TrainedModel.open(model), PredictionOptions.DEFAULT)) {
            new CasePipeline(predictor)
                    .run(
                            List.of(CasePipeline.Source.of("first", volume), second)
                                    .iterator(),
                            sink,
                            (done, total) -> await(secondIsRead));
        }
        assertThat(written).containsExactly("first", "second");
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(60, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
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
