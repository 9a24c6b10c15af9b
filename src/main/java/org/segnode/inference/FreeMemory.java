package org.segnode.inference;

import org.segnode.network.ComputeDevice;
import org.segnode.network.TorchEngine;

/** Asks how much memory is free; answered by hand in tests. */
interface FreeMemory {
    /** Of the Java process, in bytes; some is left for the rest of the work. */
    long heapBytes();

    /** Of a graphics card, in bytes; 0 for the processor, whose memory is the heap's. */
    long deviceBytes(ComputeDevice device);

    /** Of this machine. */
    FreeMemory REAL = new FreeMemory() {
        private static final double SHARE = 0.7;

        @Override
        public long heapBytes() {
            Runtime runtime = Runtime.getRuntime();
            return (long) (SHARE * (runtime.maxMemory() - runtime.totalMemory() + runtime.freeMemory()));
        }

        @Override
        public long deviceBytes(ComputeDevice device) {
            return device.isCpu() ? 0 : (long) (SHARE * TorchEngine.freeDeviceMemory(device));
        }
    };
}
