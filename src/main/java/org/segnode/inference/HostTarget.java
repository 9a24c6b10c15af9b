package org.segnode.inference;

import java.util.Arrays;
import java.util.List;
import org.segnode.network.Network.Pass;

/** Takes the network's output to the computer's memory and adds it up there. */
final class HostTarget implements PassTarget {
    private final TileNetwork network;
    private final TileCopy copy;
    private final LogitsAccumulator accumulator;
    private final float[] sum;

    HostTarget(TileNetwork network, int[] patch, LogitsAccumulator accumulator) {
        this.network = network;
        this.copy = new TileCopy(patch);
        this.accumulator = accumulator;
        this.sum = new float[network.heads() * copy.voxels()];
    }

    @Override
    public void take(float[] tiles, List<Pass> passes) {
        float[] output = network.forward(tiles, passes.size());
        for (int i = 0; i < passes.size(); i++) {
            Pass pass = passes.get(i);
            copy.addBack(output, i * sum.length, pass.flipped(), sum);
            if (pass.last()) {
                for (int voxel = 0; voxel < sum.length; voxel++) {
                    sum[voxel] /= pass.passes();
                }
                accumulator.add(sum, pass.start());
                Arrays.fill(sum, 0);
            }
        }
    }
}
