package org.segnode.network;

import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.jni.IValue;
import ai.djl.pytorch.jni.IValueUtils;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.segnode.volume.io.PickleException;

/** A loaded network. Holds native memory until closed; not for several threads at once. */
public final class Network implements AutoCloseable {
    private final NetworkScript script;
    private final ComputeDevice device;
    private final LoadedModule module;

    private Network(NetworkScript script, ComputeDevice device, LoadedModule module) {
        this.script = script;
        this.device = device;
        this.module = module;
    }

    /**
     * @param weights by nnU-Net's names
     * @throws PickleException if a weight is missing, misshapen or not finite
     * @throws org.segnode.TemporaryException if PyTorch or the device is not there
     */
    public static Network load(NetworkScript script, Map<String, Tensor> weights, ComputeDevice device)
            throws IOException {
        return new Network(script, device, LoadedModule.load(script, weights, device, false));
    }

    public NetworkScript script() {
        return script;
    }

    public ComputeDevice device() {
        return device;
    }

    /**
     * @param input [batch, channel, axes…], handed over until the call returns
     * @param axes length of each spatial axis
     * @return logits [batch, head, axes…]
     * @throws DeviceMemoryException if the device has not enough memory for this batch
     */
    public float[] forward(float[] input, int batch, int... axes) {
        try (RunningPass pass = RunningPass.begin();
                NDManager step = module.manager().newSubManager()) {
            return run(step, input, batch, axes).get(0);
        } catch (EngineException e) {
            throw DeviceMemoryException.unlessOther(e);
        }
    }

    /** As {@link #forward}, for a network with deep supervision: full resolution first. */
    public List<float[]> forwardAll(float[] input, int batch, int... axes) {
        try (RunningPass pass = RunningPass.begin();
                NDManager step = module.manager().newSubManager()) {
            return run(step, input, batch, axes);
        }
    }

    /**
     * One tile of a batch.
     *
     * @param flipped whether slice, row, column run backwards in it
     * @param start first voxel of the tile in the volume: slice, row, column
     * @param passes of the tile
     * @param last whether all passes of the tile are through with this one
     */
    @SuppressWarnings("ArrayRecordComponent") // read only
    public record Pass(boolean[] flipped, int[] start, int passes, boolean last) {}

    /** As {@link #forward}, but the result stays on the device and is added to the sums there. */
    public void forward(float[] input, List<Pass> passes, DeviceSums sums, int... axes) {
        try (RunningPass running = RunningPass.begin();
                NDManager step = module.manager().newSubManager();
                IValue argument = IValue.from(tensor(step, input, passes.size(), axes));
                IValue result = IValueUtils.forward(module.block(), new IValue[] {argument})) {
            PtNDArray output = result.toTensor((PtNDManager) step);
            for (int i = 0; i < passes.size(); i++) {
                Pass pass = passes.get(i);
                sums.addPass(step, output, i, pass.flipped());
                if (pass.last()) {
                    sums.finishTile(step, pass.start(), pass.passes());
                }
            }
        } catch (EngineException e) {
            throw DeviceMemoryException.unlessOther(e);
        }
    }

    /**
     * Sums on this network's device.
     *
     * @param shape slices, rows, columns of the volume
     * @param patch the same of a tile
     * @param weights one per voxel of a tile, half-precision numbers
     * @throws DeviceMemoryException if the device has not enough memory
     */
    public DeviceSums newSums(int[] shape, int[] patch, float[] weights) throws IOException {
        return DeviceSums.create(device, script.heads(), shape, patch, weights);
    }

    private List<float[]> run(NDManager step, float[] input, int batch, int... axes) {
        List<float[]> outputs = new ArrayList<>();
        try (IValue argument = IValue.from(tensor(step, input, batch, axes));
                IValue result = IValueUtils.forward(module.block(), new IValue[] {argument})) {
            for (PtNDArray output : result.isTensor()
                    ? new PtNDArray[] {result.toTensor((PtNDManager) step)}
                    : result.toTensorArray((PtNDManager) step)) {
                outputs.add(output.toFloatArray());
            }
        }
        return outputs;
    }

    private PtNDArray tensor(NDManager step, float[] input, int batch, int... axes) {
        long[] shape = new long[axes.length + 2];
        shape[0] = batch;
        shape[1] = script.channels();
        for (int axis = 0; axis < axes.length; axis++) {
            shape[axis + 2] = axes[axis];
        }
        return (PtNDArray) step.create(input, new Shape(shape));
    }

    @Override
    public void close() {
        module.close();
    }

    @Override
    public String toString() {
        return script.variant().name().toLowerCase(Locale.ROOT) + " on " + device;
    }
}
