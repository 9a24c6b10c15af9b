package org.segnode.inference;

import java.io.IOException;
import java.util.List;
import org.segnode.inference.MemoryPlan.Rung;
import org.segnode.preprocess.Logits;
import org.segnode.volume.Shape;

/** One case, computed with one memory plan. */
final class CaseRun {
    private final TrainedModel model;
    private final PredictionOptions options;
    private final float[] weights;
    private final MemoryPlan plan;
    private final Padding padding;

    /** @param weights one per voxel of a tile */
    CaseRun(TrainedModel model, PredictionOptions options, float[] weights, MemoryPlan plan, Padding padding) {
        this.model = model;
        this.options = options;
        this.weights = weights;
        this.plan = plan;
        this.padding = padding;
    }

    /** @param channels padded */
    Logits logits(NetworkShelf.Networks networks, List<float[]> channels, Progress progress) {
        Shape shape = padding.original();
        int heads = model.heads();
        if (options.precise()) {
            return Logits.ofFloats(
                    shape,
                    average(networks, channels, new HeadRange(0, heads), progress)
                            .floatMean());
        }
        if (plan.headsPerBlock() >= heads) {
            return Logits.ofHalfs(
                    shape,
                    average(networks, channels, new HeadRange(0, heads), progress)
                            .halfMean());
        }
        return Logits.ofHalfs(shape, heads, blocks(networks, channels, progress));
    }

    private BlockFile blocks(NetworkShelf.Networks networks, List<float[]> channels, Progress progress) {
        try {
            BlockFile file = new BlockFile(padding.original().voxels());
            List<HeadRange> ranges = HeadRange.blocks(model.heads(), plan.headsPerBlock());
            for (int block = 0; block < ranges.size(); block++) {
                HeadRange range = ranges.get(block);
                short[][] means = average(networks, channels, range, progress.part(block, ranges.size()))
                        .halfMean();
                for (int i = 0; i < means.length; i++) {
                    file.write(range.first() + i, means[i]);
                    means[i] = new short[0];
                }
            }
            return file;
        } catch (IOException e) {
            throw FoldNetworks.disk(e);
        }
    }

    private FoldAverage average(
            NetworkShelf.Networks networks, List<float[]> channels, HeadRange range, Progress progress) {
        FoldAverage average = new FoldAverage();
        int folds = model.folds().size();
        for (int fold = 0; fold < folds; fold++) {
            TileNetwork network = networks.of(fold, plan.rung() == Rung.PROCESSOR);
            addFold(network, channels, range, average, progress.part(fold, folds));
        }
        return average;
    }

    private void addFold(
            TileNetwork network, List<float[]> channels, HeadRange range, FoldAverage average, Progress progress) {
        int[] patch = model.patch();
        Shape shape = padding.padded();
        SlidingWindow window = new SlidingWindow(patch, options.stepFraction(), model.mirroring(options), plan.batch());
        if (options.precise()) {
            PreciseAccumulator sums = new PreciseAccumulator(shape, patch, weights, range);
            window.run(channels, shape, new HostTarget(network, patch, sums), progress);
            average.add(sums.means(padding));
        } else if (plan.rung() == Rung.DEVICE) {
            try (DeviceTarget sums = network.make(shape, patch, weights)) {
                window.run(channels, shape, sums, progress);
                average.add(sums.means(padding));
            }
        } else {
            HalfAccumulator sums = new HalfAccumulator(shape, patch, weights, range);
            window.run(channels, shape, new HostTarget(network, patch, sums), progress);
            average.add(sums.means(padding));
        }
    }
}
