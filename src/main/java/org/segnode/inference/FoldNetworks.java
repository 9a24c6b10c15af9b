package org.segnode.inference;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.segnode.network.Network;
import org.segnode.network.Variant;
import org.segnode.preprocess.Logits;
import org.segnode.volume.Shape;

/** The loaded networks of a model's folds: from the channels of a case to the mean of the folds' logits. */
final class FoldNetworks implements AutoCloseable {
    private final TrainedModel model;
    private final PredictionOptions options;
    private final List<TileNetwork> networks = new ArrayList<>();
    private final float[] weights;

    FoldNetworks(TrainedModel model, PredictionOptions options) throws IOException {
        this.model = model;
        this.options = options;
        this.weights = weights(model.patch(), options);
        try {
            for (TrainedModel.Fold fold : model.folds()) {
                networks.add(load(fold, Variant.REFERENCE));
            }
        } catch (IOException | RuntimeException e) {
            close();
            throw e;
        }
    }

    private TileNetwork load(TrainedModel.Fold fold, Variant variant) throws IOException {
        Network network =
                Network.load(model.script(fold, variant), fold.checkpoint().weights(), options.device());
        return new LoadedNetwork(network, model.configuration().patchSizeArray());
    }

    private static float[] weights(int[] patch, PredictionOptions options) {
        if (!options.gaussian()) {
            return TileWeights.uniform(patch);
        }
        return options.precise() ? TileWeights.precise(patch) : TileWeights.gaussian(patch);
    }

    /**
     * @param channels as the network takes them, on a grid of that shape
     * @return on the same grid
     */
    Logits logits(List<float[]> channels, Shape shape, Progress progress) {
        int[] patch = model.patch();
        Padding padding = Padding.of(shape, patch);
        List<float[]> padded = channels.stream().map(padding::pad).toList();
        SlidingWindow window = new SlidingWindow(patch, options.stepFraction(), model.mirroring(options), batch());
        FoldAverage average = new FoldAverage();
        for (int fold = 0; fold < networks.size(); fold++) {
            Progress ofAll = progress.part(fold, networks.size());
            addFold(window, networks.get(fold), padded, padding, average, ofAll);
        }
        return options.precise()
                ? Logits.ofFloats(shape, average.floatMean())
                : Logits.ofHalfs(shape, average.halfMean());
    }

    private void addFold(
            SlidingWindow window,
            TileNetwork network,
            List<float[]> channels,
            Padding padding,
            FoldAverage average,
            Progress progress) {
        HeadRange all = new HeadRange(0, network.heads());
        if (options.precise()) {
            PreciseAccumulator sums = new PreciseAccumulator(padding.padded(), window.patch(), weights, all);
            window.run(network, channels, padding.padded(), sums, progress);
            average.add(sums.means(padding));
        } else {
            HalfAccumulator sums = new HalfAccumulator(padding.padded(), window.patch(), weights, all);
            window.run(network, channels, padding.padded(), sums, progress);
            average.add(sums.means(padding));
        }
    }

    private int batch() {
        return 1;
    }

    @Override
    public void close() {
        networks.forEach(TileNetwork::close);
    }
}
