package org.segnode.plan;

import java.util.List;
import org.segnode.plan.Architecture.NetworkClass;

/** What a network costs: values in its feature maps for one patch, the measure by which nnU-Net estimates memory. */
final class NetworkCost {
    private final Architecture network;
    private final int[] patch;
    private final int heads;

    /**
     * @param patch voxels per axis
     * @param heads output channels counted at full resolution
     */
    NetworkCost(Architecture network, int[] patch, int heads) {
        this.network = network;
        this.patch = patch;
        this.heads = heads;
    }

    /** Values in all feature maps, with one head at full resolution. */
    long featureMaps() {
        long[] voxels = voxelsPerStage();
        return encoder(voxels) + decoder(voxels) + heads * voxels[0];
    }

    /** Values in all feature maps, with a head at every resolution but the lowest. */
    long featureMapsWithDeepSupervision() {
        long[] voxels = voxelsPerStage();
        long total = encoder(voxels) + decoder(voxels);
        for (int stage = 0; stage < network.stages() - 1; stage++) {
            total += heads * voxels[stage];
        }
        return total;
    }

    private long encoder(long[] voxels) {
        boolean residual = network.network() == NetworkClass.RESIDUAL_ENCODER_UNET;
        long total = residual ? network.features().get(0) * product(patch) : 0;
        for (int stage = 0; stage < network.stages(); stage++) {
            long map = network.features().get(stage) * voxels[stage];
            int blocks = network.blocksPerStage().get(stage);
            total += residual ? 2L * blocks * map + (changes(stage) ? map : 0) : blocks * map;
        }
        return total;
    }

    /** Whether the first block of a residual stage needs a projection for its skip connection. */
    private boolean changes(int stage) {
        int before = network.features().get(Math.max(0, stage - 1));
        return before != network.features().get(stage)
                || network.strides().get(stage).stream().anyMatch(stride -> stride != 1);
    }

    private long decoder(long[] voxels) {
        long total = 0;
        for (int stage = network.stages() - 2; stage >= 0; stage--) {
            int convolutions = network.convsPerStageDecoder().get(network.stages() - 2 - stage);
            total += (convolutions + 1) * network.features().get(stage) * voxels[stage];
        }
        return total;
    }

    private long[] voxelsPerStage() {
        long[] voxels = new long[network.stages()];
        int[] size = patch.clone();
        for (int stage = 0; stage < voxels.length; stage++) {
            List<Integer> stride = network.strides().get(stage);
            for (int axis = 0; axis < size.length; axis++) {
                size[axis] /= stride.get(axis);
            }
            voxels[stage] = product(size);
        }
        return voxels;
    }

    private static long product(int[] lengths) {
        long product = 1;
        for (int length : lengths) {
            product *= length;
        }
        return product;
    }
}
