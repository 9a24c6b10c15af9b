package org.segnode.network;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.segnode.volume.io.PickleException;
import org.segnode.volume.io.PickleWriter;

/** A network with its weights as a file that {@code torch.jit.load} reads. */
final class NetworkArchive {
    private NetworkArchive() {}

    /**
     * @param weights by nnU-Net's names; more than the network needs is passed over
     * @throws PickleException if a weight is missing, has another shape, or is not a finite number
     */
    static void write(Path file, NetworkScript script, Map<String, Tensor> weights) throws IOException {
        List<NetworkScript.Parameter> parameters = script.parameters();
        PickleWriter module = new PickleWriter((out, value) -> false);
        module.global("__torch__", "Network")
                .raw(')', 0x81, '}', '(')
                .value("training")
                .value(false);
        for (int i = 0; i < parameters.size(); i++) {
            module.value(parameters.get(i).attribute());
            CheckpointWriter.tensor(module, layout(script, parameters.get(i)), String.valueOf(i), false);
        }
        module.raw('u', 'b');
        try (ArchiveWriter archive = new ArchiveWriter(file, "archive")) {
            archive.put("data.pkl", module.finish());
            archive.put("byteorder", "little");
            for (int i = 0; i < parameters.size(); i++) {
                float[] values = values(parameters.get(i), weights);
                archive.put("data/" + i, bytes(script, parameters.get(i), values));
            }
            archive.put("code/__torch__.py", script.source());
            archive.put(
                    "constants.pkl",
                    new PickleWriter((out, value) -> false).raw(')').finish());
            archive.put("version", "3\n");
        }
    }

    private static float[] values(NetworkScript.Parameter parameter, Map<String, Tensor> weights) throws IOException {
        Tensor tensor = weights.get(parameter.name());
        if (tensor == null) {
            throw new PickleException("the checkpoint has no weight " + parameter.name() + " of shape "
                    + Arrays.toString(parameter.shape()) + "; is it of this network?");
        }
        if (!Arrays.equals(tensor.shape(), parameter.shape())) {
            throw new PickleException("the weight " + parameter.name() + " has the shape "
                    + Arrays.toString(tensor.shape()) + ", the plans need " + Arrays.toString(parameter.shape()));
        }
        float[] values = tensor.toFloats();
        for (int i = 0; i < values.length; i++) {
            if (!Float.isFinite(values[i])) {
                throw new PickleException("the weight " + parameter.name() + " is " + values[i] + " at number " + i);
            }
        }
        return values;
    }

    private static boolean low(NetworkScript script, NetworkScript.Parameter parameter) {
        return script.variant().lowPrecision() && parameter.kind() == NetworkScript.Kind.CONVOLUTION;
    }

    private static boolean channelsLast(NetworkScript script, NetworkScript.Parameter parameter) {
        return script.variant().channelsLast() && parameter.shape().length > 2;
    }

    /** Type, shape and strides, without the numbers. */
    private static Tensor layout(NetworkScript script, NetworkScript.Parameter parameter) {
        long[] shape = parameter.shape();
        long[] strides = Tensor.contiguousStrides(shape);
        if (channelsLast(script, parameter)) {
            long kernel = strides[1];
            for (int axis = 2; axis < shape.length; axis++) {
                strides[axis] *= shape[1];
            }
            strides[0] = kernel * shape[1];
            strides[1] = 1;
        }
        ElementType type = low(script, parameter) ? ElementType.BF16 : ElementType.F32;
        long count = 1;
        for (long length : shape) {
            count = Math.multiplyExact(count, length);
        }
        return new Tensor(type, shape, strides, 0, new TensorData.InFile(Path.of(""), 0, count * type.size()));
    }

    private static TensorData bytes(NetworkScript script, NetworkScript.Parameter parameter, float[] values) {
        boolean low = low(script, parameter);
        int outer = channelsLast(script, parameter) ? (int) parameter.shape()[0] : 1;
        int inner = channelsLast(script, parameter) ? (int) parameter.shape()[1] : 1;
        int kernel = values.length / Math.max(1, outer * inner);
        ByteBuffer bytes = ByteBuffer.allocate(Math.multiplyExact(values.length, low ? 2 : 4))
                .order(ByteOrder.LITTLE_ENDIAN);
        for (int o = 0; o < outer; o++) {
            for (int k = 0; k < kernel; k++) {
                for (int i = 0; i < inner; i++) {
                    float value = values[(o * inner + i) * kernel + k];
                    if (low) {
                        bytes.putShort(bfloat16(value));
                    } else {
                        bytes.putFloat(value);
                    }
                }
            }
        }
        return TensorData.of(bytes.array());
    }

    /** The nearest, ties to even. */
    private static short bfloat16(float value) {
        int bits = Float.floatToRawIntBits(value);
        return (short) ((bits + 0x7fff + ((bits >>> 16) & 1)) >>> 16);
    }
}
