package org.segnode.network;

import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.engine.PtSymbolBlock;
import ai.djl.pytorch.jni.JniUtils;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** A script with its weights in PyTorch's memory, until closed. */
record LoadedModule(PtNDManager manager, PtSymbolBlock block) implements AutoCloseable {
    /**
     * @param weights by nnU-Net's names
     * @param trainable whether gradients can be taken
     * @throws org.segnode.volume.io.PickleException if a weight is missing, misshapen or not finite
     * @throws org.segnode.TemporaryException if PyTorch or the device is not there
     */
    static LoadedModule load(NetworkScript script, Map<String, Tensor> weights, ComputeDevice device, boolean trainable)
            throws IOException {
        Path file = Files.createTempFile("segnode-network", ".pt");
        try {
            NetworkArchive.write(file, script, weights);
            return load(file, device, trainable);
        } finally {
            Files.deleteIfExists(file);
        }
    }

    private static LoadedModule load(Path file, ComputeDevice device, boolean trainable) {
        PtNDManager manager = (PtNDManager) TorchEngine.engine().newBaseManager(TorchEngine.device(device));
        try {
            return new LoadedModule(
                    manager, JniUtils.loadModule(manager, file, false, new String[0], new String[0], trainable));
        } catch (RuntimeException e) {
            manager.close();
            throw e;
        }
    }

    @Override
    public void close() {
        block.close();
        manager.close();
    }
}
