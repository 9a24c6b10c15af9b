package org.segnode.inference;

import org.segnode.network.DeviceMemoryException;

/** What a sliding window needs of a network. Holds native memory until closed. */
interface TileNetwork extends AutoCloseable, DeviceTarget.Maker {
    /**
     * @param tiles [batch, channel, slice, row, column], handed over until the call returns
     * @return logits [batch, head, slice, row, column]
     * @throws DeviceMemoryException if the device has not enough memory for the batch
     */
    float[] forward(float[] tiles, int batch);

    /** Output channels. */
    int heads();

    @Override
    void close();
}
