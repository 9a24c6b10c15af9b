package org.segnode.inference;

import org.segnode.network.ComputeDevice;
import org.segnode.network.Network;

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
    public int heads() {
        return network.script().heads();
    }

    @Override
    public ComputeDevice device() {
        return network.device();
    }

    @Override
    public void close() {
        network.close();
    }
}
