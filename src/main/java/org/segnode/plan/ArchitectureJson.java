package org.segnode.plan;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.segnode.plan.Architecture.Activation;
import org.segnode.plan.Architecture.Block;
import org.segnode.plan.Architecture.NetworkClass;
import org.segnode.plan.Architecture.Nonlinearity;
import org.segnode.plan.Architecture.Norm;
import org.segnode.plan.Architecture.NormKind;
import org.segnode.plan.Architecture.Residual;

/** Reads the {@code architecture} entry of a configuration, or the older keys that were written before it existed. */
final class ArchitectureJson {
    private static final Set<String> KNOWN = Set.of(
            "n_stages",
            "features_per_stage",
            "conv_op",
            "kernel_sizes",
            "strides",
            "n_conv_per_stage",
            "n_blocks_per_stage",
            "n_conv_per_stage_decoder",
            "conv_bias",
            "norm_op",
            "norm_op_kwargs",
            "dropout_op",
            "dropout_op_kwargs",
            "nonlin",
            "nonlin_kwargs",
            "nonlin_first",
            "deep_supervision",
            "block",
            "bottleneck_channels",
            "stem_channels");
    private static final int MOST_STAGES = 16;
    private static final int MOST_FEATURES = 1 << 14;
    private static final int MOST_BLOCKS = 256;
    private static final int LARGEST_KERNEL = 31;
    private static final int LARGEST_STRIDE = 64;

    private ArchitectureJson() {}

    static Architecture read(JsonValue architecture) throws UnusableFileException {
        NetworkClass network = network(architecture.get("network_class_name"));
        JsonValue arguments = architecture.get("arch_kwargs");
        for (Map.Entry<String, JsonValue> entry : arguments.entries().entrySet()) {
            if (!KNOWN.contains(entry.getKey())) {
                throw entry.getValue().wrong("absent: the argument is not known");
            }
        }
        int stages = arguments.get("n_stages").integer(2, MOST_STAGES);
        int dimensions = dimensions(arguments.get("conv_op"));
        boolean plain = network == NetworkClass.PLAIN_CONV_UNET;
        String blocks = plain ? "n_conv_per_stage" : "n_blocks_per_stage";
        try {
            return new Architecture(
                    network,
                    dimensions,
                    perStage(arguments.get("features_per_stage"), stages, MOST_FEATURES),
                    kernels(arguments.get("kernel_sizes"), stages, dimensions),
                    perStageAndAxis(arguments.get("strides"), stages, dimensions, LARGEST_STRIDE),
                    perStage(arguments.get(blocks), stages, MOST_BLOCKS),
                    perStage(arguments.get("n_conv_per_stage_decoder"), stages - 1, MOST_BLOCKS),
                    truth(arguments, "conv_bias"),
                    norm(arguments),
                    dropout(arguments),
                    nonlinearity(arguments),
                    plain && truth(arguments, "nonlin_first"),
                    plain ? Residual.USUAL : residual(arguments, stages));
        } catch (IllegalArgumentException complaint) {
            throw new UnusableFileException(arguments.place() + ": " + complaint.getMessage());
        }
    }

    /** Plans before {@code architecture}: keys of the configuration itself, the rest as nnU-Net's defaults. */
    static Architecture readOld(JsonValue configuration) throws UnusableFileException {
        NetworkClass network = network(configuration.get("UNet_class_name"));
        JsonValue encoder = configuration.get("n_conv_per_stage_encoder");
        int stages = encoder.items().size();
        if (stages < 2 || stages > MOST_STAGES) {
            throw encoder.wrong("a list of 2 to " + MOST_STAGES + " numbers");
        }
        int dimensions = configuration.get("patch_size").items().size();
        int base = configuration.get("UNet_base_num_features").integer(1, MOST_FEATURES);
        int most = configuration.get("unet_max_num_features").integer(1, MOST_FEATURES);
        List<Integer> features = new ArrayList<>();
        for (int stage = 0; stage < stages; stage++) {
            features.add((int) Math.min((long) base << stage, most));
        }
        try {
            return new Architecture(
                    network,
                    dimensions,
                    features,
                    kernels(configuration.get("conv_kernel_sizes"), stages, dimensions),
                    perStageAndAxis(configuration.get("pool_op_kernel_sizes"), stages, dimensions, LARGEST_STRIDE),
                    perStage(encoder, stages, MOST_BLOCKS),
                    perStage(configuration.get("n_conv_per_stage_decoder"), stages - 1, MOST_BLOCKS),
                    true,
                    new Norm(NormKind.INSTANCE, 1e-5, true),
                    0,
                    new Nonlinearity(Activation.LEAKY_RELU, 0.01),
                    false,
                    Residual.USUAL);
        } catch (IllegalArgumentException complaint) {
            throw new UnusableFileException(configuration.place() + ": " + complaint.getMessage());
        }
    }

    /** Only the last part of the dotted name counts: modules were moved between versions. */
    private static NetworkClass network(JsonValue name) throws UnusableFileException {
        return switch (simpleName(name.text())) {
            case "PlainConvUNet" -> NetworkClass.PLAIN_CONV_UNET;
            case "ResidualEncoderUNet" -> NetworkClass.RESIDUAL_ENCODER_UNET;
            default -> throw name.wrong("PlainConvUNet or ResidualEncoderUNet");
        };
    }

    private static int dimensions(JsonValue convolution) throws UnusableFileException {
        return switch (simpleName(convolution.text())) {
            case "Conv2d" -> 2;
            case "Conv3d" -> 3;
            default -> throw convolution.wrong("torch.nn.modules.conv.Conv2d or Conv3d");
        };
    }

    private static Norm norm(JsonValue arguments) throws UnusableFileException {
        Optional<JsonValue> operation = arguments.find("norm_op");
        if (operation.isEmpty()) {
            return new Norm(NormKind.NONE, 0, false);
        }
        NormKind kind = switch (simpleName(operation.get().text())) {
            case "InstanceNorm2d", "InstanceNorm3d" -> NormKind.INSTANCE;
            case "BatchNorm2d", "BatchNorm3d" -> NormKind.BATCH;
            default -> throw operation.get().wrong("InstanceNorm or BatchNorm in 2d or 3d, or null");
        };
        double epsilon = 1e-5;
        boolean affine = kind == NormKind.BATCH;
        Optional<JsonValue> details = arguments.find("norm_op_kwargs");
        if (details.isPresent()) {
            epsilon = details.get().has("eps") ? details.get().get("eps").number(0, 1) : epsilon;
            affine = details.get().has("affine") ? truth(details.get(), "affine") : affine;
        }
        return new Norm(kind, epsilon, affine);
    }

    private static double dropout(JsonValue arguments) throws UnusableFileException {
        Optional<JsonValue> operation = arguments.find("dropout_op");
        if (operation.isEmpty()) {
            return 0;
        }
        if (!simpleName(operation.get().text()).matches("Dropout([23]d)?")) {
            throw operation.get().wrong("torch.nn.Dropout, Dropout2d or Dropout3d, or null");
        }
        Optional<JsonValue> details = arguments.find("dropout_op_kwargs");
        return details.isPresent() && details.get().has("p")
                ? details.get().get("p").number(0, 1)
                : 0.5;
    }

    private static Nonlinearity nonlinearity(JsonValue arguments) throws UnusableFileException {
        JsonValue name = arguments.get("nonlin");
        Optional<JsonValue> details = arguments.find("nonlin_kwargs");
        return switch (simpleName(name.text())) {
            case "LeakyReLU" ->
                new Nonlinearity(
                        Activation.LEAKY_RELU,
                        details.isPresent() && details.get().has("negative_slope")
                                ? details.get().get("negative_slope").number(-10, 10)
                                : 0.01);
            case "ReLU" -> new Nonlinearity(Activation.RELU, 0);
            case "GELU" -> new Nonlinearity(Activation.GELU, 0);
            default -> throw name.wrong("torch.nn.LeakyReLU, ReLU or GELU");
        };
    }

    private static Residual residual(JsonValue arguments, int stages) throws UnusableFileException {
        Optional<JsonValue> name = arguments.find("block");
        Block block = Block.BASIC;
        if (name.isPresent()) {
            block = switch (simpleName(name.get().text())) {
                case "BasicBlockD" -> Block.BASIC;
                case "BottleneckD" -> Block.BOTTLENECK;
                default -> throw name.get().wrong("BasicBlockD or BottleneckD");
            };
        }
        Optional<JsonValue> bottleneck = arguments.find("bottleneck_channels");
        Optional<JsonValue> stem = arguments.find("stem_channels");
        return new Residual(
                block,
                bottleneck.isPresent()
                        ? Optional.of(perStage(bottleneck.get(), stages, MOST_FEATURES))
                        : Optional.empty(),
                stem.isPresent() ? Optional.of(stem.get().integer(1, MOST_FEATURES)) : Optional.empty());
    }

    /** One number stands for the same in every stage. */
    private static List<Integer> perStage(JsonValue value, int stages, int most) throws UnusableFileException {
        if (!value.isList()) {
            return Collections.nCopies(stages, value.integer(1, most));
        }
        requireLength(value, stages);
        return value.integers(1, most);
    }

    private static List<List<Integer>> kernels(JsonValue value, int stages, int dimensions)
            throws UnusableFileException {
        List<List<Integer>> kernels = perStageAndAxis(value, stages, dimensions, LARGEST_KERNEL);
        if (kernels.stream().anyMatch(kernel -> kernel.stream().anyMatch(length -> length % 2 == 0))) {
            throw value.wrong("odd");
        }
        return kernels;
    }

    private static List<List<Integer>> perStageAndAxis(JsonValue value, int stages, int dimensions, int most)
            throws UnusableFileException {
        if (!value.isList()) {
            return Collections.nCopies(stages, Collections.nCopies(dimensions, value.integer(1, most)));
        }
        requireLength(value, stages);
        List<List<Integer>> result = new ArrayList<>();
        for (JsonValue stage : value.items()) {
            if (stage.isList()) {
                requireLength(stage, dimensions);
                result.add(stage.integers(1, most));
            } else {
                result.add(Collections.nCopies(dimensions, stage.integer(1, most)));
            }
        }
        return result;
    }

    private static void requireLength(JsonValue list, int length) throws UnusableFileException {
        if (list.items().size() != length) {
            throw list.wrong("a list of " + length);
        }
    }

    private static boolean truth(JsonValue arguments, String key) throws UnusableFileException {
        return arguments.has(key) && arguments.get(key).truth();
    }

    private static String simpleName(String dotted) {
        return dotted.substring(dotted.lastIndexOf('.') + 1);
    }
}
