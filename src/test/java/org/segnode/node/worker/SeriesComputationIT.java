package org.segnode.node.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.segnode.UnusableSeriesException;
import org.segnode.dicom.FractionalReader;
import org.segnode.dicom.GeometryPolicy;
import org.segnode.dicom.ResultForm;
import org.segnode.dicom.SegmentationReader;
import org.segnode.dicom.SeriesReader;
import org.segnode.inference.PredictionOptions;
import org.segnode.inference.Progress;
import org.segnode.ledger.AddressedResult;
import org.segnode.ledger.Crop;
import org.segnode.ledger.Job;
import org.segnode.ledger.JobState;
import org.segnode.ledger.NewJob;
import org.segnode.ledger.StoredResult;
import org.segnode.model.ModelPackages;
import org.segnode.pacs.Spool;
import org.segnode.plan.UnusableFileException;
import org.segnode.volume.LabelMap;
import org.segnode.volume.io.VolumeFiles;

/** The demo's series and model, in a real child process. */
class SeriesComputationIT {
    private static final Path CASE = Path.of("dicom-samples/case-006");
    private static final PredictionOptions FAST =
            PredictionOptions.DEFAULT.withFolds("0").withMirroring(false);
    private static final String KEY = "0123456789abcdef0123456789abcdef";

    @TempDir
    Path folder;

    private Spool spool;
    private ResidentModels resident;
    private SeriesComputation computation;

    @BeforeEach
    void fill() throws IOException {
        spool = new Spool(folder.resolve("spool"));
        Path series = Files.createDirectories(spool.seriesFolder(KEY));
        int number = 0;
        for (Path file : slices()) {
            Files.copy(file, series.resolve("%032x.dcm".formatted(number++)));
        }
        resident = new ResidentModels(
                1, ChildLimits.of(2, 1L << 30, Duration.ofMinutes(5), Duration.ofMinutes(10)), folder.resolve("work"));
        computation = computation(WantedForms.Profiles.SEG_FOR_ALL);
    }

    private SeriesComputation computation(WantedForms.Profiles profiles) {
        return new SeriesComputation(
                new SpooledSeries(spool, rule -> GeometryPolicy.DEFAULT),
                folder.resolve("results"),
                new ModelPackages(Path.of("src/models")),
                resident,
                FAST,
                profiles);
    }

    @AfterEach
    void close() {
        resident.close();
    }

    private static List<Path> slices() throws IOException {
        try (Stream<Path> files = Files.list(CASE.resolve("series"))) {
            return files.sorted().toList();
        }
    }

    private static Job job(String model, Optional<Crop> crop) {
        return job(model, crop, List.of());
    }

    private static Job job(String model, Optional<Crop> crop, List<String> destinations) {
        NewJob order = new NewJob(KEY, 1, "rule", model, crop, destinations, 0);
        return new Job(
                1,
                order,
                JobState.RUNNING,
                1,
                "worker",
                Instant.EPOCH,
                Instant.EPOCH,
                Instant.EPOCH,
                "",
                Optional.empty());
    }

    private StoredResult computed(Job job, Progress progress) throws Exception {
        return computation.compute(job, progress).get(0).result();
    }

    private LabelMap read(StoredResult result) throws Exception {
        return SegmentationReader.read(
                folder.resolve("results").resolve(result.file()),
                new SeriesReader().read(slices()).volume().grid());
    }

    @Test
    void aMissingSliceIsFilledForTheModelAndTheResultShowsNothingThere() throws Exception {
        Files.delete(spool.files(KEY).get(slices().size() / 2));
        StoredResult result = computed(job("hippocampus-3d", Optional.empty()), Progress.NONE);
        LabelMap truth = VolumeFiles.readLabels(CASE.resolve("labels.nii.gz"));
        LabelMap found = read(result);
        int area = found.shape().rows() * found.shape().columns();
        List<Integer> without = new ArrayList<>();
        for (int slice = 0; slice < found.shape().slices(); slice++) {
            boolean wanted = sum(truth, slice * area, area) > 60;
            if (wanted && sum(found, slice * area, area) == 0) {
                without.add(slice);
                Arrays.fill(truth.labels(), slice * area, (slice + 1) * area, (short) 0);
            }
        }
        assertThat(without).as("slices without a result").hasSize(1);
        assertThat(dice(found, truth, 1)).as("anterior").isGreaterThan(0.75);
        assertThat(dice(found, truth, 2)).as("posterior").isGreaterThan(0.75);
    }

    @Test
    void probabilitiesComeFromTheModelsProcessWithTheSameLabels() throws Exception {
        List<AddressedResult> results = computation((name, segments) -> Set.of(ResultForm.SEG, ResultForm.FRACTIONAL))
                .compute(job("hippocampus-3d", Optional.empty(), List.of("pacs")), Progress.NONE);
        assertThat(results).hasSize(2);
        short[] labels = read(results.get(0).result()).labels();
        Map<Integer, byte[]> levels = FractionalReader.read(
                folder.resolve("results").resolve(results.get(1).result().file()),
                new SeriesReader().read(slices()).source());
        assertThat(levels).containsOnlyKeys(1, 2);
        for (int i = 0; i < labels.length; i++) {
            int first = Objects.requireNonNull(levels.get(1))[i] & 0xff;
            int second = Objects.requireNonNull(levels.get(2))[i] & 0xff;
            int[] level = {255 - first - second, first, second};
            assertThat(level[labels[i]]).as("voxel " + i).isGreaterThanOrEqualTo(84);
        }
    }

    private static int sum(LabelMap labels, int from, int count) {
        int sum = 0;
        for (int i = from; i < from + count; i++) {
            sum += labels.labels()[i];
        }
        return sum;
    }

    private static double dice(LabelMap found, LabelMap truth, int label) {
        int both = 0;
        int sum = 0;
        for (int i = 0; i < truth.labels().length; i++) {
            boolean inFound = found.labels()[i] == label;
            boolean inTruth = truth.labels()[i] == label;
            both += inFound && inTruth ? 1 : 0;
            sum += (inFound ? 1 : 0) + (inTruth ? 1 : 0);
        }
        return 2.0 * both / sum;
    }

    @Test
    void makesASegmentationThatFitsTheGroundTruthAndTakesItAgainWhenAskedAgain() throws Exception {
        AtomicInteger steps = new AtomicInteger();
        StoredResult result =
                computed(job("hippocampus-3d", Optional.empty()), (done, total) -> steps.incrementAndGet());
        LabelMap truth = VolumeFiles.readLabels(CASE.resolve("labels.nii.gz"));
        LabelMap found = read(result);
        assertThat(dice(found, truth, 1)).as("anterior").isGreaterThan(0.75);
        assertThat(dice(found, truth, 2)).as("posterior").isGreaterThan(0.75);
        assertThat(steps.get()).isPositive();
        assertThat(resident.loaded()).containsExactly("hippocampus-3d");

        Path file = folder.resolve("results").resolve(result.file());
        FileTime written = Files.getLastModifiedTime(file);
        resident.close();
        assertThat(computed(job("hippocampus-3d", Optional.empty()), Progress.NONE))
                .isEqualTo(result);
        assertThat(resident.loaded()).as("nothing was computed").isEmpty();
        assertThat(Files.getLastModifiedTime(file)).isEqualTo(written);

        Files.write(file, new byte[] {1, 2, 3});
        StoredResult again = computed(job("hippocampus-3d", Optional.empty()), Progress.NONE);
        // the first run on a machine may have been that of the reference variant, which rounds otherwise
        assertThat(again.sopInstanceUid().equals(result.sopInstanceUid()))
                .as("the same UID exactly for the same mask")
                .isEqualTo(Arrays.equals(read(again).labels(), found.labels()));
        assertThat(dice(read(again), found, 1))
                .as("what is broken is made again")
                .isGreaterThan(0.99);
    }

    @Test
    void givesACroppedResultUidsOfItsOwn() throws Exception {
        StoredResult cropped =
                computed(job("hippocampus-3d", Optional.of(new Crop("hippocampus-3d", 30))), Progress.NONE);
        StoredResult whole = computed(job("hippocampus-3d", Optional.empty()), Progress.NONE);
        assertThat(cropped.sopInstanceUid()).isNotEqualTo(whole.sopInstanceUid());
        assertThat(cropped.file()).isNotEqualTo(whole.file());
    }

    @Test
    void saysWhatIsMissing() {
        assertThatThrownBy(() -> computation.compute(job("liver", Optional.empty()), Progress.NONE))
                .isInstanceOf(UnusableFileException.class)
                .hasMessageContaining("there is no model liver");
        spool.remove(KEY);
        assertThatThrownBy(() -> computation.compute(job("hippocampus-3d", Optional.empty()), Progress.NONE))
                .isInstanceOf(UnusableSeriesException.class)
                .hasMessage("the series is no longer in the spool");
    }

    @Test
    void namesWhatDecidesAResult() {
        assertThat(SeriesComputation.words(PredictionOptions.DEFAULT))
                .isEqualTo("folds all, checkpoint_final.pth, step 0.5, gaussian, mirroring");
        assertThat(SeriesComputation.words(FAST.withPrecise(true)))
                .isEqualTo("folds 0, checkpoint_final.pth, step 0.5, gaussian, precise");
    }
}
