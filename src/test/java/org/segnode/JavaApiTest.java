package org.segnode;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.segnode.inference.CasePipeline;
import org.segnode.inference.FolderOptions;
import org.segnode.inference.FolderPredictor;
import org.segnode.inference.ImageCase;
import org.segnode.inference.PredictionOptions;
import org.segnode.inference.Predictor;
import org.segnode.inference.Progress;
import org.segnode.inference.TrainedModel;
import org.segnode.network.ComputeDevice;
import org.segnode.preprocess.Probabilities;
import org.segnode.volume.LabelMap;
import org.segnode.volume.Volume;
import org.segnode.volume.io.VolumeFiles;

/** The examples of java-api.md: what stands there stands here too, compiles and runs. */
class JavaApiTest {
    private static final Path GOLDEN = Path.of("src/test/resources/golden/inference");
    private static final Path MODELS = GOLDEN.resolve("models/Dataset501_Labels");
    private static final Path INPUTS = GOLDEN.resolve("inputs/Dataset501_Labels");
    private static final Path PAGE = Path.of("src/site/markdown/java-api.md");

    @TempDir
    Path output;

    private final Path model = MODELS.resolve("nnUNetTrainer__nnUNetPlans__3d_fullres");

    private PredictionOptions options() {
        PredictionOptions options = PredictionOptions.DEFAULT
                .withFolds("0", "1") // without it every fold of the model
                .withStep(0.5) // largest step between tiles, as a fraction of a tile
                .withGaussian(true) // the middle of a tile counts more than its border
                .withMirroring(true) // along the axes that the checkpoint allows
                .withPrecise(false) // 32 bits where nnU-Net keeps 16
                .withDevice(ComputeDevice.CPU) // or ComputeDevice.parse("cuda:0")
                .withSumsOnDevice(true); // sums over tiles on the device where they fit
        return options;
    }

    @Test
    void predictsOneVolume() throws Exception {
        Path image = INPUTS.resolve("in1_0000.nii.gz");
        PredictionOptions options = options();

        try (Predictor predictor = new Predictor(TrainedModel.open(model, options), options)) {
            Volume volume = VolumeFiles.read(List.of(image)); // one file per channel
            LabelMap labels = predictor.segment(volume, (done, total) -> {});
            Probabilities probabilities = predictor.probabilities(volume, Progress.NONE);
            VolumeFiles.write(labels, output.resolve("in1.nii.gz"));

            assertThat(sameVoxels("3d_fullres", "in1")).isGreaterThanOrEqualTo(0.999);
            assertThat(probabilities.shape()).isEqualTo(volume.shape());
        }
    }

    @Test
    void predictsAListOfVolumes() throws Exception {
        PredictionOptions options = options();
        List<Volume> volumes = new ArrayList<>();
        for (ImageCase each : ImageCase.list(INPUTS, ".nii.gz").subList(0, 2)) {
            volumes.add(VolumeFiles.read(each.images()));
        }

        try (Predictor predictor = new Predictor(TrainedModel.open(model, options), options)) {
            List<LabelMap> labels = new CasePipeline(predictor).labels(volumes, Progress.NONE);

            assertThat(labels)
                    .extracting(LabelMap::grid)
                    .containsExactly(volumes.get(0).grid(), volumes.get(1).grid());
        }
    }

    /** A case that is read when its turn comes. */
    record Incoming(String name, Path image) implements CasePipeline.Source {
        @Override
        public Volume volume() throws IOException {
            return VolumeFiles.read(List.of(image));
        }
    }

    @Test
    void predictsCasesAsTheyCome() throws Exception {
        PredictionOptions options = options();
        Iterator<Incoming> incoming = List.of(
                        new Incoming("in0", INPUTS.resolve("in0_0000.nii.gz")),
                        new Incoming("missing", INPUTS.resolve("missing_0000.nii.gz")),
                        new Incoming("in1", INPUTS.resolve("in1_0000.nii.gz")))
                .iterator();
        List<String> failures = new ArrayList<>();

        try (Predictor predictor = new Predictor(TrainedModel.open(model, options), options)) {
            CasePipeline.Sink sink = new CasePipeline.Sink() {
                @Override
                public void computed(String name, Predictor.Computed computed) throws IOException {
                    VolumeFiles.write(predictor.labels(computed), output.resolve(name + ".nii.gz"));
                }

                @Override
                public void failed(String name, String reason) {
                    failures.add(name + ": " + reason);
                }
            };
            new CasePipeline(predictor).run(incoming, sink, Progress.NONE); // next() may wait for a case

            assertThat(failures).hasSize(1).first().asString().startsWith("missing: no such file");
            assertThat(sameVoxels("3d_fullres", "in0")).isGreaterThanOrEqualTo(0.999);
            assertThat(sameVoxels("3d_fullres", "in1")).isGreaterThanOrEqualTo(0.999);
        }
    }

    @Test
    void predictsFilesAndRunsTheFirstStageOfACascadeItself() throws Exception {
        Path cascade = MODELS.resolve("nnUNetTrainer__nnUNetPlans__3d_cascade_fullres");
        PredictionOptions options = PredictionOptions.DEFAULT;
        List<String> written = new ArrayList<>();
        FolderPredictor.Listener listener = new FolderPredictor.Listener() {
            @Override
            public void written(String name, LabelMap labels) {
                written.add(name);
            }

            @Override
            public void failed(String name, String reason) {
                written.add(name + " failed: " + reason);
            }

            @Override
            public void step(int done, int total) {}
        };

        try (Predictor predictor = new Predictor(TrainedModel.open(cascade, options), options)) {
            List<ImageCase> cases = ImageCase.list(INPUTS, ".nii.gz").subList(1, 2);
            new FolderPredictor(predictor, FolderOptions.DEFAULT).predict(cases, output, listener);
        }

        assertThat(written).containsExactly("in1");
        assertThat(sameVoxels("3d_cascade_fullres", "in1")).isGreaterThanOrEqualTo(0.999);
    }

    @Test
    void aVolumeRunsThroughACascadeWithLabelsThatAreAtHand() throws Exception {
        Path cascade = MODELS.resolve("nnUNetTrainer__nnUNetPlans__3d_cascade_fullres");
        Volume volume = VolumeFiles.read(List.of(INPUTS.resolve("in1_0000.nii.gz")));
        LabelMap firstStage =
                VolumeFiles.readLabels(GOLDEN.resolve("results/Dataset501_Labels/3d_lowres/plain/in1.nii.gz"));

        try (Predictor predictor = new Predictor(TrainedModel.open(cascade), PredictionOptions.DEFAULT)) {
            LabelMap labels = predictor.labels(
                    predictor.compute(predictor.prepare(volume, Optional.of(firstStage)), Progress.NONE));
            VolumeFiles.write(labels, output.resolve("in1.nii.gz"));
        }

        assertThat(sameVoxels("3d_cascade_fullres", "in1")).isGreaterThanOrEqualTo(0.999);
    }

    @Test
    void everyExampleOfThePageStandsHere() throws IOException {
        String here = squeezed(Files.readString(Path.of("src/test/java/org/segnode/JavaApiTest.java")));
        Matcher examples = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL).matcher(Files.readString(PAGE));
        int count = 0;
        while (examples.find()) {
            assertThat(here).contains(squeezed(examples.group(1)));
            count++;
        }
        assertThat(count).isEqualTo(5);
    }

    private static String squeezed(String text) {
        return text.replaceAll("\\s+", " ").strip();
    }

    private double sameVoxels(String configuration, String name) throws IOException {
        Path recorded = GOLDEN.resolve("results/Dataset501_Labels/" + configuration + "/plain/" + name + ".nii.gz");
        short[] expected = VolumeFiles.readLabels(recorded).labels();
        short[] actual =
                VolumeFiles.readLabels(output.resolve(name + ".nii.gz")).labels();
        int same = 0;
        for (int i = 0; i < expected.length; i++) {
            same += expected[i] == actual[i] ? 1 : 0;
        }
        return same / (double) expected.length;
    }
}
