package org.segnode.inference;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.segnode.TemporaryException;
import org.segnode.inference.MemoryPlan.Rung;
import org.segnode.network.ComputeDevice;
import org.segnode.network.DeviceMemoryException;
import org.segnode.network.TorchEngine;
import org.segnode.preprocess.Logits;
import org.segnode.volume.Shape;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The networks of a model's folds: from the channels of a case to the mean of the folds' logits. If memory runs out, the
 * case is begun again in a way that needs less.
 */
final class FoldNetworks implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(FoldNetworks.class);

    /** Voxels that are worth giving to the network together; more gains nothing. */
    private static final int VOXELS_PER_BATCH_CPU = 400_000;

    private static final int VOXELS_PER_BATCH_GPU = 4_000_000;
    private static final int MOST_TILES = 64;

    private final TrainedModel model;
    private final PredictionOptions options;
    private final NetworkShelf shelf;
    private final FreeMemory memory;
    private final float[] weights;
    private Optional<Rung> forced = Optional.empty();

    FoldNetworks(TrainedModel model, PredictionOptions options, NetworkShelf shelf, FreeMemory memory) {
        this.model = model;
        this.options = options;
        this.shelf = shelf;
        this.memory = memory;
        this.weights = weights(model.patch(), options);
    }

    private static float[] weights(int[] patch, PredictionOptions options) {
        if (!options.gaussian()) {
            return TileWeights.uniform(patch);
        }
        return options.precise() ? TileWeights.precise(patch) : TileWeights.gaussian(patch);
    }

    /** Begins no higher on the ladder than there. */
    void startAt(Rung rung) {
        forced = Optional.of(rung);
    }

    /**
     * @param channels as the network takes them, on a grid of that shape
     * @return on the same grid
     * @throws DeviceMemoryException if even the last way needs too much memory
     */
    Logits logits(List<float[]> channels, Shape shape, Progress progress) {
        return shelf.compute((networks, device) -> ladder(networks, device, channels, shape, progress));
    }

    /** Tries one memory plan after the other. */
    Logits ladder(
            NetworkShelf.Networks networks,
            ComputeDevice device,
            List<float[]> channels,
            Shape shape,
            Progress progress) {
        Padding padding = Padding.of(shape, model.patch());
        List<float[]> padded = channels.stream().map(padding::pad).toList();
        MemoryNeeds needs = new MemoryNeeds(
                padding.padded().voxels(), model.heads(), model.folds().size(), options.precise() ? 4 : 2);
        List<MemoryPlan> plans =
                MemoryPlan.ladder(firstRung(needs, device), needs, batch(device), memory.heapBytes(), device);
        for (int i = 0; i < plans.size() - 1; i++) {
            try {
                return new CaseRun(model, options, weights, plans.get(i), padding).logits(networks, padded, progress);
            } catch (DeviceMemoryException | OutOfMemoryError e) {
                LOG.warn("{} needs too much memory ({}); next: {}", plans.get(i), e.getMessage(), plans.get(i + 1));
                TorchEngine.releaseCachedMemory();
            }
        }
        return new CaseRun(model, options, weights, plans.get(plans.size() - 1), padding)
                .logits(networks, padded, progress);
    }

    private Rung firstRung(MemoryNeeds needs, ComputeDevice device) {
        if (forced.isPresent()) {
            return forced.get();
        }
        boolean onHost = options.precise() || !options.sumsOnDevice(); // sums on the device are half precision
        return onHost ? Rung.HOST : MemoryPlan.first(needs, memory.deviceBytes(device), memory.heapBytes());
    }

    private int batch(ComputeDevice device) {
        int[] patch = model.patch();
        int voxels = device.isCpu() ? VOXELS_PER_BATCH_CPU : VOXELS_PER_BATCH_GPU;
        return Math.max(1, Math.min(MOST_TILES, voxels / (patch[0] * patch[1] * patch[2])));
    }

    @Override
    public void close() {
        shelf.close();
    }

    /** Wraps failures of the disk while networks are loaded or heads are written. */
    static TemporaryException disk(IOException e) {
        return new TemporaryException("a temporary file could not be written: " + e.getMessage(), e);
    }
}
