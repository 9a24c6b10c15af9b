package org.segnode.inference;

import java.util.Arrays;
import java.util.List;
import org.segnode.volume.Shape;

/**
 * Runs a network tile by tile over a volume. Flipped passes over a tile are averaged before the tile is added.
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
     * @param progress told after each tile
     */
    void run(TileNetwork network, List<float[]> channels, Shape shape, LogitsAccumulator target, Progress progress) {
        List<int[]> tiles = Tiles.of(shape.toArray(), patch, stepFraction);
        TileCopy copy = new TileCopy(patch);
        float[] sum = new float[network.heads() * copy.voxels()];
        int passes = tiles.size() * mirroring.passes();
        for (int first = 0; first < passes; first += batch) {
            int count = Math.min(batch, passes - first);
            float[] output = network.forward(input(channels, shape, tiles, first, count, copy), count);
            for (int i = 0; i < count; i++) {
                int pass = (first + i) % mirroring.passes();
                copy.addBack(output, i * sum.length, mirroring.flipped(pass), sum);
                if (pass == mirroring.passes() - 1) {
                    int tile = (first + i) / mirroring.passes();
                    target.add(mean(sum), tiles.get(tile));
                    Arrays.fill(sum, 0);
                    progress.step(tile + 1, tiles.size());
                }
            }
        }
    }

    private float[] input(List<float[]> channels, Shape shape, List<int[]> tiles, int first, int count, TileCopy copy) {
        float[] input = new float[count * channels.size() * copy.voxels()];
        int place = 0;
        for (int i = first; i < first + count; i++) {
            boolean[] flipped = mirroring.flipped(i % mirroring.passes());
            for (float[] channel : channels) {
                copy.gather(channel, shape, tiles.get(i / mirroring.passes()), flipped, input, place);
                place += copy.voxels();
            }
        }
        return input;
    }

    private float[] mean(float[] sum) {
        for (int i = 0; i < sum.length; i++) {
            sum[i] /= mirroring.passes();
        }
        return sum;
    }
}
