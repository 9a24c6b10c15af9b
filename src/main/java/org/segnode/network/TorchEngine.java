package org.segnode.network;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.pytorch.jni.JniUtils;
import ai.djl.util.cuda.CudaUtils;
import java.lang.management.MemoryUsage;
import java.util.OptionalInt;
import org.segnode.TemporaryException;

/**
 * Starts PyTorch in this process, once. It never connects to the network. Its native libraries are unpacked into
 * {@code DJL_CACHE_DIR} (by default {@code ~/.djl.ai}) or taken from the folder {@code PYTORCH_LIBRARY_PATH}, which is how a
 * CUDA build is given.
 */
public final class TorchEngine {
    private static OptionalInt threads = OptionalInt.empty();

    private TorchEngine() {}

    /**
     * Number of threads a network may use; by default all cores. Has an effect only before the first network is loaded.
     *
     * @throws IllegalArgumentException if it is less than 1
     */
    public static synchronized void useThreads(int number) {
        if (number < 1) {
            throw new IllegalArgumentException("a network needs at least 1 thread, is given " + number);
        }
        threads = OptionalInt.of(number);
    }

    /** @throws TemporaryException if the native libraries cannot be unpacked or loaded */
    static synchronized Engine engine() {
        setDefault("ai.djl.offline", "true");
        setDefault("OPT_OUT_TRACKING", "true");
        setDefault("ai.djl.default_engine", "PyTorch");
        setDefault("ai.djl.pytorch.num_interop_threads", "1");
        int number = threads.orElse(Runtime.getRuntime().availableProcessors());
        setDefault("ai.djl.pytorch.num_threads", String.valueOf(number));
        try {
            return Engine.getEngine("PyTorch");
        } catch (RuntimeException | LinkageError e) {
            throw new TemporaryException("PyTorch could not be started: " + e.getMessage(), e);
        }
    }

    /** @throws TemporaryException if there is no such graphics card, or the loaded PyTorch cannot use it */
    static Device device(ComputeDevice device) {
        Engine engine = engine();
        if (device.isCpu()) {
            return Device.cpu();
        }
        if (engine.getGpuCount() <= device.index()) {
            throw new TemporaryException("there is no device " + device + ": PyTorch " + engine.getVersion() + " sees "
                    + engine.getGpuCount() + " graphics cards");
        }
        return Device.gpu(device.index());
    }

    /** Version of the loaded PyTorch. */
    public static String version() {
        return engine().getVersion();
    }

    /** How many graphics cards the loaded PyTorch can use. */
    public static int graphicsCards() {
        return engine().getGpuCount();
    }

    /** Free bytes of a graphics card; 0 if it does not say. */
    public static long freeDeviceMemory(ComputeDevice device) {
        MemoryUsage usage = CudaUtils.getGpuMemory(device(device));
        return Math.max(0, usage.getMax() - usage.getCommitted());
    }

    /** Gives memory of the graphics card that is held for later back to it. */
    public static void releaseCachedMemory() {
        if (engine().getGpuCount() > 0) {
            JniUtils.emptyCudaCache();
        }
    }

    private static void setDefault(String property, String value) {
        if (System.getProperty(property) == null) {
            System.setProperty(property, value);
        }
    }
}
