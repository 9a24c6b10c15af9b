package org.segnode.node.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.segnode.TemporaryException;
import org.segnode.UnusableSeriesException;
import org.segnode.inference.PredictionOptions;
import org.segnode.inference.Progress;
import org.segnode.node.worker.Wire.Opening;
import org.segnode.volume.GradedLabelMap;
import org.segnode.volume.Grid;
import org.segnode.volume.LabelMap;
import org.segnode.volume.Shape;
import org.segnode.volume.Spacing;
import org.segnode.volume.Volume;

class ChildSegmenterTest {
    private static final long HEAP = 64L << 20;
    private static final Grid GRID = Grid.axial(new Shape(3, 5, 7), new Spacing(2, 1, 0.5));

    @TempDir
    Path folder;

    private ChildSegmenter segmenter;

    private ChildSegmenter segmenter(String model, Duration jobTimeout) {
        ChildLimits limits = new ChildLimits(1, HEAP, 4L << 30, Duration.ofMinutes(1), jobTimeout);
        return segmenter(model, limits);
    }

    private ChildSegmenter segmenter(String model, ChildLimits limits) {
        return new ChildSegmenter(
                model,
                Opening.of(model, PredictionOptions.DEFAULT, 1),
                limits,
                folder.resolve("work"),
                FakeModel.class.getName());
    }

    @BeforeEach
    void make() {
        segmenter = segmenter("good", Duration.ofMinutes(1));
    }

    @AfterEach
    void close() {
        segmenter.close();
    }

    private static Volume volume(float behaviour) {
        float[] voxels = new float[GRID.shape().voxels()];
        voxels[0] = behaviour;
        voxels[voxels.length - 1] = 77;
        return new Volume(GRID, voxels);
    }

    private LabelMap segment(float behaviour) throws UnusableSeriesException {
        return segmenter.segment(volume(behaviour), Progress.NONE);
    }

    @Test
    void computesInAProcessThatIsKeptForTheNextVolume() throws Exception {
        assertThat(segmenter.isResident()).isFalse();
        LabelMap first = segment(FakeModel.ANSWER);
        assertThat(first.grid()).isEqualTo(GRID);
        assertThat(first.labels()[0]).isEqualTo((short) 1);
        assertThat(first.labels()[first.labels().length - 1]).isEqualTo((short) 77);
        assertThat(segment(FakeModel.ANSWER).labels()[0]).isEqualTo((short) 2);
        assertThat(segmenter.isResident()).isTrue();
        assertThat(segmenter.resident()).isGreaterThan(10L << 20);
    }

    @Test
    void bringsTheProbabilitiesOfEachLabelWhereTheyAreWanted() throws Exception {
        GradedLabelMap found = segmenter.graded(volume(FakeModel.ANSWER), Progress.NONE);
        int last = found.labels().labels().length - 1;
        int label = found.labels().labels()[last];
        assertThat(found.levels()).containsOnlyKeys(label);
        assertThat(Objects.requireNonNull(found.levels().get(label))[last]).isEqualTo((byte) 254);
        assertThat(Objects.requireNonNull(found.levels().get(label))[0]).isZero();
        assertThat(segment(FakeModel.ANSWER).labels()[0]).as("the same process").isEqualTo((short) 2);
    }

    @Test
    void tellsProgressAndHearsThroughTheChatterOfNativeCode() throws Exception {
        List<String> steps = new ArrayList<>();
        segmenter.segment(volume(FakeModel.CHATTER), (done, total) -> steps.add(done + "/" + total));
        assertThat(steps).containsExactly("1/2", "2/2");
    }

    @Test
    void reportsAnAbortWithItsSignalAndLastWordsAndStartsANewProcessNextTime() throws Exception {
        assertThatThrownBy(() -> segment(FakeModel.EXIT_134))
                .isInstanceOf(TemporaryException.class)
                .hasMessageContaining("the process of model good was ended by signal 6 (SIGABRT)")
                .hasMessageContaining("its last words: terminate called after throwing");
        assertThat(segment(FakeModel.ANSWER).labels()[0]).isEqualTo((short) 1);
    }

    @Test
    void reportsAKill() {
        assertThatThrownBy(() -> segment(FakeModel.KILL_ITSELF))
                .isInstanceOf(TemporaryException.class)
                .hasMessageContaining("signal 9 (SIGKILL)");
    }

    @Test
    void reportsThatTheHeapWasTooSmall() {
        assertThatThrownBy(() -> segment(FakeModel.EAT_HEAP))
                .isInstanceOf(TemporaryException.class)
                .hasMessageContaining("ran out of Java heap");
    }

    @Test
    void endsAProcessThatIsSilentForTooLong() {
        segmenter = segmenter("silent", Duration.ofSeconds(1));
        assertThatThrownBy(() -> segment(FakeModel.HANG))
                .isInstanceOf(TemporaryException.class)
                .hasMessage("the process of model silent gave no answer within 1 s and was ended");
        await().until(() -> !segmenter.isResident());
    }

    @Test
    void endsAProcessThatTakesTooMuchMemory() {
        segmenter = segmenter("large", new ChildLimits(1, HEAP, HEAP, Duration.ofMinutes(1), Duration.ofMinutes(1)));
        assertThatThrownBy(() -> segment(FakeModel.HANG))
                .isInstanceOf(TemporaryException.class)
                .hasMessageContaining("MiB of memory, more than its 64 MiB, and was ended");
    }

    @Test
    void handsOnWhyAVolumeCannotBeUsed() throws Exception {
        assertThatThrownBy(() -> segment(FakeModel.REFUSE))
                .isInstanceOf(UnusableSeriesException.class)
                .hasMessage("the volume has 2 channels, the model 1");
        assertThat(segment(FakeModel.ANSWER)).as("the process lives on").isNotNull();
    }

    @Test
    void tellsSurroundingsThatFailFromMistakes() {
        assertThatThrownBy(() -> segment(FakeModel.FAIL))
                .isInstanceOf(TemporaryException.class)
                .hasMessage("model good: no graphics card");
        assertThatThrownBy(() -> segment(FakeModel.BREAK))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("index 4 of 3");
    }

    @Test
    void saysWhyAModelCannotBeLoaded() {
        segmenter = segmenter("broken", Duration.ofSeconds(10));
        assertThatThrownBy(() -> segment(FakeModel.ANSWER))
                .isInstanceOf(TemporaryException.class)
                .hasMessage("model broken: the model cannot be loaded: no plans.json");
    }

    @Test
    void endsTheComputationWhenItIsClosedByAnotherThread() throws Exception {
        Thread stop = new Thread(() -> {
            await().atMost(Duration.ofMinutes(1)).until(segmenter::isResident);
            segmenter.close();
        });
        stop.start();
        assertThatThrownBy(() -> segment(FakeModel.HANG)).isInstanceOf(TemporaryException.class);
        stop.join();
    }

    @Test
    void leavesNoFilesBehind() throws Exception {
        segment(FakeModel.ANSWER);
        segmenter.close();
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void refusesLimitsThatMeanNothing() {
        Duration second = Duration.ofSeconds(1);
        assertThatThrownBy(() -> new ChildLimits(-1, HEAP, HEAP, second, second))
                .hasMessageContaining("is -1");
        assertThatThrownBy(() -> new ChildLimits(1, 1, HEAP, second, second)).hasMessageContaining("64 MiB");
        assertThatThrownBy(() -> new ChildLimits(1, HEAP, 1, second, second)).hasMessageContaining("is 1");
        assertThatThrownBy(() -> new ChildLimits(1, HEAP, HEAP, Duration.ZERO, second))
                .hasMessageContaining("PT0S");
    }

    @Test
    void refusesVoxelFilesOfAnotherLength() throws IOException {
        Path file = folder.resolve("v.raw");
        float[] values = new float[600_001];
        values[600_000] = -3.5f;
        VoxelFile.writeFloats(file, List.of(values, values));
        assertThat(VoxelFile.readFloats(file, 2, 600_001).get(1)[600_000]).isEqualTo(-3.5f);
        assertThatThrownBy(() -> VoxelFile.readFloats(file, 1, 600_001)).hasMessageContaining("instead of 2400004");
        assertThatThrownBy(() -> VoxelFile.readLabels(file, 3)).hasMessageContaining("instead of 6");
    }
}
