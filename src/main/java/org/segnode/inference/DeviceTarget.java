package org.segnode.inference;

import java.util.List;
import org.segnode.network.Network.Pass;
import org.segnode.volume.Shape;

/** Adds up on the network's device: nothing but the finished logits travels. Holds native memory until closed. */
interface DeviceTarget extends PassTarget, AutoCloseable {
    @Override
    void take(float[] tiles, List<Pass> passes);

    /** The weighted means without the padding, one array of half-precision bits per head; the sums are used up. */
    short[][] means(Padding padding);

    @Override
    void close();

    /** Makes one for a network. */
    interface Maker {
        /**
         * @param shape padding included
         * @param weights one per voxel of a tile
         * @throws org.segnode.network.DeviceMemoryException if the device has not enough memory
         */
        DeviceTarget make(Shape shape, int[] patch, float[] weights);
    }
}
