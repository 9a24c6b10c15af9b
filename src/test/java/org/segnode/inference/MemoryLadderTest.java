package org.segnode.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.segnode.inference.MemoryPlan.Rung;
import org.segnode.network.ComputeDevice;
import org.segnode.network.DeviceMemoryException;
import org.segnode.network.Npy;
import org.segnode.preprocess.Logits;
import org.segnode.volume.Shape;

class MemoryLadderTest {
    private static final Path GOLDEN = Path.of("src/test/resources/golden/inference");
    private static final PredictionOptions OPTIONS = PredictionOptions.DEFAULT.withMirroring(false);

    @TempDir
    private static Path folder;

    private static TrainedModel model;
    private static List<float[]> channels;
    private static Shape shape;
    private static short[][] expected;

    @BeforeAll
    static void computeInTheOrdinaryWay() throws IOException {
        model = TrainedModel.open(
                GOLDEN.resolve("models/Dataset501_Labels/nnUNetTrainer__nnUNetPlans__3d_fullres"), OPTIONS);
        Npy input = Npy.read(GOLDEN.resolve("results/Dataset501_Labels/3d_fullres/default/in1_network_input.npy"));
        shape = new Shape(input.shape()[1], input.shape()[2], input.shape()[3]);
        channels = List.of(input.values());
        expected = logits(Rung.HOST, Long.MAX_VALUE / 4);
    }

    private static short[][] logits(Rung rung, long heapBytes) throws IOException {
        VariantMemory memory = new VariantMemory(folder.resolve("variants"));
        ProcessorFacts processor = new ProcessorFacts("test", Set.of());
        VariantChoice choice = VariantChoice.of(model, OPTIONS.withPrecise(true), memory, processor);
        try (FoldNetworks networks =
                new FoldNetworks(model, OPTIONS, new NetworkShelf(model, OPTIONS, choice), memory(heapBytes, 0))) {
            networks.startAt(rung);
            Logits logits = networks.logits(channels, shape, Progress.NONE);
            short[][] heads = new short[logits.heads()][];
            for (int head = 0; head < heads.length; head++) {
                heads[head] = logits.halfs(head).clone();
            }
            return heads;
        }
    }

    private static FreeMemory memory(long heap, long device) {
        return new FreeMemory() {
            @Override
            public long heapBytes() {
                return heap;
            }

            @Override
            public long deviceBytes(ComputeDevice which) {
                return device;
            }
        };
    }

    @ParameterizedTest
    @EnumSource(
            value = Rung.class,
            names = {"DEVICE", "CLASS_BLOCKS"})
    void theSameArithmeticGivesTheSameLogits(Rung rung) throws IOException {
        assertThat(logits(rung, 1)).isDeepEqualTo(expected);
    }

    @Test
    void singleTilesGiveTheSameLabels() throws IOException {
        short[][] single = logits(Rung.SINGLE_TILES, 1);

        Agreement agreement = Agreement.of(Logits.ofHalfs(shape, expected), Logits.ofHalfs(shape, single), false);
        assertThat(agreement.isConclusive()).isTrue();
        assertThat(agreement.voxels()).isGreaterThanOrEqualTo(0.9999);
    }

    @ParameterizedTest(name = "device {0}, heap {1}: {2}")
    @CsvSource({
        "1000, 1000, DEVICE", // 10 voxels x 2 bytes x (4 heads x 2 + 1) = 180 bytes of sums, 80 of logits
        "180, 80, DEVICE",
        "179, 180, HOST",
        "0, 180, HOST",
        "0, 179, CLASS_BLOCKS",
        "180, 79, CLASS_BLOCKS"
    })
    void beginsWithTheFirstRungThatFits(long deviceBytes, long heapBytes, Rung rung) {
        assertThat(MemoryPlan.first(new MemoryNeeds(10, 4, 2, 2), deviceBytes, heapBytes))
                .isEqualTo(rung);
    }

    @ParameterizedTest
    @CsvSource({"0,1", "60,1", "100,2", "99,1", "1000,4"})
    void keepsAsManyHeadsAsFit(long bytes, int heads) {
        assertThat(new MemoryNeeds(10, 4, 2, 2).headsWithin(bytes)).isEqualTo(heads);
    }

    @Test
    void aGraphicsCardHasFiveRungsAndAProcessorFour() {
        MemoryNeeds needs = new MemoryNeeds(10, 4, 1, 2);
        ComputeDevice cuda = ComputeDevice.parse("cuda:1");

        assertThat(MemoryPlan.ladder(Rung.DEVICE, needs, 8, 60, cuda))
                .containsExactly(
                        new MemoryPlan(Rung.DEVICE, 8, 4),
                        new MemoryPlan(Rung.HOST, 8, 4),
                        new MemoryPlan(Rung.CLASS_BLOCKS, 8, 2),
                        new MemoryPlan(Rung.SINGLE_TILES, 1, 2),
                        new MemoryPlan(Rung.PROCESSOR, 1, 2));
        assertThat(MemoryPlan.ladder(Rung.HOST, needs, 8, 60, ComputeDevice.CPU))
                .hasSize(3);
    }

    /** A graphics card whose memory runs out as often as said: with 0 the sums stay on it, with 4 the processor computes. */
    @ParameterizedTest(name = "memory runs out {0} times")
    @ValueSource(ints = {0, 1, 2, 3, 4})
    void everyRungOfAGraphicsCardGivesTheSameLabels(int failures) throws IOException {
        VariantChoice choice = VariantChoice.of(
                model,
                OPTIONS.withPrecise(true),
                new VariantMemory(folder.resolve("variants")),
                new ProcessorFacts("test", Set.of()));
        NetworkShelf shelf = new NetworkShelf(model, OPTIONS, choice);
        List<Boolean> onProcessor = new ArrayList<>();
        try (FoldNetworks networks = new FoldNetworks(model, OPTIONS, shelf, memory(1, Long.MAX_VALUE / 4))) {
            networks.startAt(Rung.DEVICE);
            int[] left = {failures};
            Logits logits = shelf.compute((real, device) -> networks.ladder(
                    (fold, processor) -> {
                        onProcessor.add(processor);
                        return new FullCard(real.of(fold, false), left);
                    },
                    ComputeDevice.parse("cuda"),
                    channels,
                    shape,
                    Progress.NONE));

            assertThat(left[0]).isZero();
            assertThat(onProcessor.contains(true)).isEqualTo(failures == 4);
            Agreement agreement = Agreement.of(Logits.ofHalfs(shape, expected), logits, false);
            assertThat(agreement.isConclusive()).isTrue();
            assertThat(agreement.voxels()).isGreaterThanOrEqualTo(0.9999);
        }
    }

    /** Computes, after its memory ran out a few times. */
    private record FullCard(TileNetwork network, int[] left) implements TileNetwork {
        private void use() {
            if (left[0] > 0) {
                left[0]--;
                throw new DeviceMemoryException("no room", null);
            }
        }

        @Override
        public float[] forward(float[] tiles, int batch) {
            use();
            return network.forward(tiles, batch);
        }

        @Override
        public DeviceTarget make(Shape whole, int[] patch, float[] weights) {
            use();
            return network.make(whole, patch, weights);
        }

        @Override
        public int heads() {
            return network.heads();
        }

        @Override
        public void close() {}
    }

    /** A graphics card that holds one tile at a time, and no sums. */
    @Test
    void goesDownUntilItFits() {
        List<String> tried = new ArrayList<>();
        NetworkShelf.Networks networks = (fold, onProcessor) -> new SmallDevice(tried, onProcessor);
        Padding padding = Padding.of(new Shape(12, 20, 20), model.patch());
        List<float[]> volume = List.of(new float[padding.padded().voxels()]);
        float[] weights = TileWeights.gaussian(model.patch());
        MemoryNeeds needs = new MemoryNeeds(padding.padded().voxels(), model.heads(), 2, 2);
        List<MemoryPlan> plans = MemoryPlan.ladder(Rung.DEVICE, needs, 4, 1, ComputeDevice.parse("cuda"));

        for (MemoryPlan plan : plans.subList(0, 3)) {
            CaseRun run = new CaseRun(model, OPTIONS, weights, plan, padding);
            assertThatThrownBy(() -> run.logits(networks, volume, Progress.NONE))
                    .isInstanceOf(DeviceMemoryException.class);
        }
        CaseRun run = new CaseRun(model, OPTIONS, weights, plans.get(3), padding);
        assertThat(run.logits(networks, volume, Progress.NONE).heads()).isEqualTo(model.heads());
        assertThat(tried).startsWith("sums", "batch 4", "batch 4", "batch 1");
    }

    private static final class SmallDevice implements TileNetwork {
        private final List<String> tried;
        private final boolean onProcessor;

        SmallDevice(List<String> tried, boolean onProcessor) {
            this.tried = tried;
            this.onProcessor = onProcessor;
        }

        @Override
        public float[] forward(float[] tiles, int batch) {
            tried.add("batch " + batch);
            if (batch > 1 && !onProcessor) {
                throw new DeviceMemoryException("a batch of " + batch + " is too much", null);
            }
            float[] output = new float[tiles.length * heads()];
            Arrays.fill(output, 1);
            return output;
        }

        @Override
        public DeviceTarget make(Shape whole, int[] patch, float[] weights) {
            tried.add("sums");
            throw new DeviceMemoryException("no room for sums", null);
        }

        @Override
        public int heads() {
            return model.heads();
        }

        @Override
        public void close() {
            tried.add("closed");
        }
    }
}
