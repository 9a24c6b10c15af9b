package org.segnode.inference;

import java.util.ArrayList;
import java.util.List;
import org.segnode.network.Network.Pass;
import org.segnode.volume.Shape;

/**
 * Cuts a volume into tiles and gives them, also flipped, to a network in batches.
 *
 * @param patch voxels of a tile along slice, row, column; 1 slice for a network of two dimensions
 * @param stepFraction largest step between tiles as a fraction of a tile, in (0, 1]
 * @param mirroring passes over each tile
 * @param batch tiles, flipped ones counted, given to the network at once
 */
@SuppressWarnings("ArrayRecordComponent") // never changed
record SlidingWindow(int[] patch, double stepFraction, Mirroring mirroring, int batch) {
    SlidingWindow {
        if (batch < 1) {
            throw new IllegalArgumentException("a batch has at least 1 tile, is " + batch);
        }
    }

    /**
     * @param channels of the padded volume
     * @param shape padding included
     * @param progress told after each batch, in passes
     */
    void run(List<float[]> channels, Shape shape, PassTarget target, Progress progress) {
        List<int[]> tiles = Tiles.of(shape.toArray(), patch, stepFraction);
        int total = tiles.size() * mirroring.passes();
        for (int first = 0; first < total; first += batch) {
            List<Pass> passes = new ArrayList<>();
            for (int i = first; i < Math.min(first + batch, total); i++) {
                int pass = i % mirroring.passes();
                int[] start = tiles.get(i / mirroring.passes());
                boolean last = pass == mirroring.passes() - 1;
                passes.add(new Pass(mirroring.flipped(pass), start, mirroring.passes(), last));
            }
            target.take(input(channels, shape, passes), passes);
            progress.step(first + passes.size(), total);
        }
    }

    private float[] input(List<float[]> channels, Shape shape, List<Pass> passes) {
        TileCopy copy = new TileCopy(patch);
        float[] input = new float[passes.size() * channels.size() * copy.voxels()];
        int place = 0;
        for (Pass pass : passes) {
            for (float[] channel : channels) {
                copy.gather(channel, shape, pass.start(), pass.flipped(), input, place);
                place += copy.voxels();
            }
        }
        return input;
    }
}
