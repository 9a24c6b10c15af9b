package org.segnode.network;

import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.jni.IValueUtils;
import ai.djl.pytorch.jni.JniUtils;
import ai.djl.training.GradientCollector;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.segnode.plan.Architecture;

/** A loaded network with its loss, differentiable. Holds native memory until closed; not for several threads at once. */
public final class TrainableNetwork implements AutoCloseable {
    /** PyTorch's engine collects the gradients of one loss at a time in a process. */
    private static final Object COLLECTING = new Object();

    private final NetworkScript script;
    private final Loss loss;
    private final LoadedModule module;
    private final Map<String, PtNDArray> parameters;

    /**
     * The loss and how it changes with each parameter.
     *
     * @param gradients by nnU-Net's names, C order; a parameter the loss does not depend on is not among them
     */
    public record Step(double loss, Map<String, float[]> gradients) {}

    private TrainableNetwork(NetworkScript script, Loss loss, LoadedModule module) {
        this.script = script;
        this.loss = loss;
        this.module = module;
        this.parameters = parameters(script, module);
    }

    /**
     * @param weights by nnU-Net's names
     * @throws org.segnode.volume.io.PickleException if a weight is missing, misshapen or not finite
     * @throws org.segnode.TemporaryException if PyTorch or the device is not there
     * @throws IllegalArgumentException if the network cannot be trained with this loss
     */
    public static TrainableNetwork load(
            Architecture architecture,
            int channels,
            int heads,
            Loss loss,
            Map<String, Tensor> weights,
            ComputeDevice device)
            throws IOException {
        NetworkScript script = LossScript.of(architecture, channels, heads, loss);
        LoadedModule module = LoadedModule.load(script, weights, device, true);
        try {
            return new TrainableNetwork(script, loss, module);
        } catch (RuntimeException e) {
            module.close();
            throw e;
        }
    }

    private static Map<String, PtNDArray> parameters(NetworkScript script, LoadedModule module) {
        Map<String, PtNDArray> byAttribute = new LinkedHashMap<>();
        NDList arrays = JniUtils.moduleGetParams(module.block(), module.manager());
        arrays.forEach(array -> byAttribute.put(array.getName(), (PtNDArray) array));
        Map<String, PtNDArray> parameters = new LinkedHashMap<>();
        for (NetworkScript.Parameter parameter : script.parameters()) {
            PtNDArray array = byAttribute.get(parameter.attribute());
            if (array == null) {
                throw new IllegalStateException("PyTorch does not give the parameter " + parameter.name());
            }
            array.setRequiresGradient(true);
            parameters.put(parameter.name(), array);
        }
        return parameters;
    }

    /**
     * One pass forwards and one backwards. The weights stay as they are.
     *
     * @param input [batch, channel, axes…]
     * @param targets per output, full resolution first: labels [batch, 1, axes…], or 0 and 1 [batch, region, axes…] with
     *     the ignored voxels as the last channel if there is an ignore label
     * @param axes length of each spatial axis at each output
     * @throws IllegalArgumentException if a target has another size than its output
     * @throws DeviceMemoryException if the device has not enough memory for this batch
     */
    public Step differentiate(float[] input, List<float[]> targets, int batch, List<int[]> axes) {
        requireOnePerOutput(targets.size(), "targets");
        requireOnePerOutput(axes.size(), "shapes");
        synchronized (COLLECTING) {
            try (RunningPass pass = RunningPass.begin();
                    PtNDManager step = (PtNDManager) module.manager().newSubManager()) {
                PtNDArray[] wanted = new PtNDArray[targets.size()];
                for (int i = 0; i < wanted.length; i++) {
                    wanted[i] = target(step, targets.get(i), batch, i, axes.get(i));
                }
                PtNDArray image = array(step, input, shape(batch, script.channels(), axes.get(0)), "the input");
                return new Step(backwards(step, image, wanted), gradients(step));
            } catch (EngineException e) {
                throw DeviceMemoryException.unlessOther(e);
            }
        }
    }

    /** {@code IValueUtils.runMethod} would compute without a trace of where gradients come from; this way keeps it. */
    private double backwards(PtNDManager step, PtNDArray image, PtNDArray[] targets) {
        try (GradientCollector collector = TorchEngine.engine().newGradientCollector();
                NDArray method = step.zeros(new Shape(1))) {
            method.setName("module_method:loss");
            NDList arguments = new NDList(method, image);
            arguments.addAll(List.of(targets));
            NDArray value = IValueUtils.forward(module.block(), arguments, true).singletonOrThrow();
            collector.backward(value);
            return value.getFloat();
        }
    }

    /** Copies the gradients and sets them to zero for the next pass. */
    private Map<String, float[]> gradients(NDManager step) {
        Map<String, float[]> gradients = new LinkedHashMap<>();
        parameters.forEach((name, parameter) -> {
            PtNDArray gradient = JniUtils.getGradient(parameter);
            if (gradient != null) {
                gradient.attach(step); // else a handle per parameter and step would stay with the network
                gradients.put(name, gradient.toFloatArray());
                JniUtils.zeroGrad(parameter);
            }
        });
        return gradients;
    }

    private PtNDArray target(PtNDManager step, float[] values, int batch, int output, int[] axes) {
        int channels = loss.targetChannels(script.heads());
        requireKnown(values, output);
        return array(step, values, shape(batch, channels, axes), "target " + output);
    }

    /** Checked here, as a label without a head would end the process on a graphics card. */
    private void requireKnown(float[] values, int output) {
        int heads = loss.regions() ? 2 : script.heads();
        int ignored = loss.regions() ? -1 : loss.ignore().orElse(-1);
        for (float value : values) {
            boolean known = value >= 0 && value < heads && value == (int) value;
            if (!known && (ignored < 0 || value != ignored)) {
                throw new IllegalArgumentException("target " + output + " has the value " + value
                        + ", must have whole numbers from 0 to " + (heads - 1)
                        + (ignored < 0 ? "" : " or " + ignored + " (ignore)"));
            }
        }
    }

    private static PtNDArray array(PtNDManager step, float[] values, Shape shape, String name) {
        if (values.length != shape.size()) {
            throw new IllegalArgumentException(
                    name + " has " + values.length + " values, " + shape + " needs " + shape.size());
        }
        return (PtNDArray) step.create(values, shape);
    }

    private static Shape shape(int batch, int channels, int[] axes) {
        long[] shape = new long[axes.length + 2];
        shape[0] = batch;
        shape[1] = channels;
        for (int axis = 0; axis < axes.length; axis++) {
            shape[axis + 2] = axes[axis];
        }
        return new Shape(shape);
    }

    private void requireOnePerOutput(int number, String what) {
        if (number != loss.weights().size()) {
            throw new IllegalArgumentException(
                    "the network has " + loss.weights().size() + " outputs, is given " + number + " " + what);
        }
    }

    @Override
    public void close() {
        parameters.values().forEach(PtNDArray::close);
        module.close();
    }
}
