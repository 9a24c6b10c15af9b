package org.segnode.inference;

import java.util.List;
import org.segnode.network.Network.Pass;

/** Predicts batches of tiles and adds up what comes out. */
interface PassTarget {
    /**
     * @param tiles [batch, channel, slice, row, column], handed over until the call returns
     * @param passes one per tile of the batch; the passes of one tile follow each other, across batches too
     */
    void take(float[] tiles, List<Pass> passes);
}
