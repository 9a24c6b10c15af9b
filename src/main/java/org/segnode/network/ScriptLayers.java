package org.segnode.network;

import java.util.List;
import org.segnode.network.NetworkScript.Kind;
import org.segnode.plan.Architecture;
import org.segnode.plan.Architecture.NormKind;

/** Layers of nnU-Net's networks as lines of TorchScript. Each takes and gives the name of a variable. */
final class ScriptLayers {
    private final Architecture architecture;
    private final Variant variant;
    private final ScriptText text;
    private final int dimensions;

    ScriptLayers(Architecture architecture, Variant variant, ScriptText text) {
        this.architecture = architecture;
        this.variant = variant;
        this.text = text;
        this.dimensions = architecture.dimensions();
    }

    boolean bias() {
        return architecture.convBias();
    }

    /** Convolution, normalisation, activation; or activation before normalisation. */
    String block(String name, String value, int from, int to, List<Integer> kernel, List<Integer> stride) {
        if (architecture.nonlinFirst()) {
            String convolved = convolution(name + ".conv", value, from, to, kernel, stride, bias());
            return norm(name + ".norm", activation(convolved), to);
        }
        return activation(convolutionAndNorm(name, value, from, to, kernel, stride, bias()));
    }

    String convolutionAndNorm(
            String name, String value, int from, int to, List<Integer> kernel, List<Integer> stride, boolean bias) {
        return norm(name + ".norm", convolution(name + ".conv", value, from, to, kernel, stride, bias), to);
    }

    String convolution(
            String name, String value, int from, int to, List<Integer> kernel, List<Integer> stride, boolean bias) {
        String weight = text.parameter(name + ".weight", Kind.CONVOLUTION, shape(to, from, kernel));
        String shift = bias ? text.parameter(name + ".bias", Kind.CONVOLUTION, to) : "None";
        List<Integer> padding = kernel.stream().map(length -> (length - 1) / 2).toList();
        return text.assign(
                "torch.conv%dd(%s, %s, %s, %s, %s, %s, 1)",
                dimensions,
                value,
                weight,
                shift,
                ScriptText.list(stride),
                ScriptText.list(padding),
                ScriptText.list(dimensions, 1));
    }

    /** Kernel and stride are equal. */
    String transposed(String name, String value, int from, int to, List<Integer> stride) {
        String weight = text.parameter(name + ".weight", Kind.CONVOLUTION, shape(from, to, stride));
        String shift = bias() ? text.parameter(name + ".bias", Kind.CONVOLUTION, to) : "None";
        String zeros = ScriptText.list(dimensions, 0);
        return text.assign(
                "torch.conv_transpose%dd(%s, %s, %s, %s, %s, %s, 1, %s)",
                dimensions,
                value,
                weight,
                shift,
                ScriptText.list(stride),
                zeros,
                zeros,
                ScriptText.list(dimensions, 1));
    }

    /** In 32 bits also where the rest has 16: PyTorch has no 16-bit pooling in three dimensions on a CPU. */
    String averagePool(String value, List<Integer> stride) {
        String size = ScriptText.list(stride);
        boolean low = variant.lowPrecision();
        String pooled = text.assign(
                "torch.avg_pool%dd(%s, %s, %s, %s, False, True, None)",
                dimensions, low ? "torch.to(" + value + ", 6)" : value, size, size, ScriptText.list(dimensions, 0));
        return low ? text.assign("torch.to(%s, 15)", pooled) : pooled;
    }

    String norm(String name, String value, int features) {
        Architecture.Norm norm = architecture.norm();
        if (norm.kind() == NormKind.NONE) {
            return value;
        }
        String scale = norm.affine() ? text.parameter(name + ".weight", Kind.NORM, features) : "None";
        String shift = norm.affine() ? text.parameter(name + ".bias", Kind.NORM, features) : "None";
        String epsilon = ScriptText.number(norm.epsilon());
        if (norm.kind() == NormKind.BATCH) {
            String mean = text.parameter(name + ".running_mean", Kind.NORM, features);
            String variance = text.parameter(name + ".running_var", Kind.NORM, features);
            return text.assign(
                    "torch.batch_norm(%s, %s, %s, %s, %s, False, 0.10000000000000001, %s, True)",
                    value, scale, shift, mean, variance, epsilon);
        }
        if (variant.channelsLast()) {
            return shiftedGroupNorm(value, features, scale, shift, epsilon);
        }
        return text.assign(
                "torch.instance_norm(%s, %s, %s, None, None, True, 0.10000000000000001, %s, True)",
                value, scale, shift, epsilon);
    }

    /** Group norm whose variance, taken in one pass, is near enough because the mean is near zero. */
    private String shiftedGroupNorm(String value, int features, String scale, String shift, String epsilon) {
        String some = value;
        StringBuilder axes = new StringBuilder("[");
        for (int axis = 2; axis < dimensions + 2; axis++) {
            some = "torch.slice(" + some + ", " + axis + ", 0, 9223372036854775807, 4)";
            axes.append(axis > 2 ? ", " : "").append(axis);
        }
        String mean = text.assign("torch.mean(%s, %s], True)", some, axes);
        String centred = text.assign("torch.sub_(%s, %s)", value, mean);
        return text.assign("torch.group_norm(%s, %d, %s, %s, %s, True)", centred, features, scale, shift, epsilon);
    }

    String activation(String value) {
        return switch (architecture.nonlinearity().kind()) {
            case LEAKY_RELU ->
                text.assign(
                        "torch.leaky_relu_(%s, %s)",
                        value, ScriptText.number(architecture.nonlinearity().negativeSlope()));
            case RELU -> text.assign("torch.relu_(%s)", value);
            case GELU -> text.assign("torch.gelu(%s)", value);
        };
    }

    private static long[] shape(int first, int second, List<Integer> kernel) {
        long[] shape = new long[kernel.size() + 2];
        shape[0] = first;
        shape[1] = second;
        for (int axis = 0; axis < kernel.size(); axis++) {
            shape[axis + 2] = kernel.get(axis);
        }
        return shape;
    }
}
