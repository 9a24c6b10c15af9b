package org.segnode.inference;

import java.io.IOException;
import java.util.List;
import org.segnode.TemporaryException;
import org.segnode.network.DeviceSums;
import org.segnode.network.Network;
import org.segnode.volume.Shape;

/** A network with the patch it is run on. */
final class LoadedNetwork implements TileNetwork {
    private final Network network;
    private final int[] axes;

    /** @param axes voxels of a patch along the network's own axes, two or three */
    LoadedNetwork(Network network, int[] axes) {
        this.network = network;
        this.axes = axes;
    }

    @Override
    public float[] forward(float[] tiles, int batch) {
        return network.forward(tiles, batch, axes);
    }

    @Override
    public DeviceTarget make(Shape shape, int[] patch, float[] weights) {
        try {
            return new OnDevice(network.newSums(shape.toArray(), patch, weights));
        } catch (IOException e) {
            throw new TemporaryException("no temporary file could be written: " + e.getMessage(), e);
        }
    }

    private final class OnDevice implements DeviceTarget {
        private final DeviceSums sums;

        OnDevice(DeviceSums sums) {
            this.sums = sums;
        }

        @Override
        public void take(float[] tiles, List<Network.Pass> passes) {
            network.forward(tiles, passes, sums, axes);
        }

        @Override
        public short[][] means(Padding padding) {
            short[][] means = sums.means();
            for (int head = 0; head < means.length; head++) {
                HalfAccumulator.requireFinite(means[head], head);
                means[head] = padding.crop(means[head]);
            }
            return means;
        }

        @Override
        public void close() {
            sums.close();
        }
    }

    @Override
    public int heads() {
        return network.script().heads();
    }

    @Override
    public void close() {
        network.close();
    }
}
