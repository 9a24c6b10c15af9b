package org.segnode.network;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.segnode.plan.Architecture;
import org.segnode.plan.Architecture.Block;
import org.segnode.plan.Architecture.NetworkClass;

/**
 * nnU-Net's networks as TorchScript text, with the names that its checkpoints use. Dropout does nothing at inference and
 * leaves no trace here.
 *
 * @param source the module, one method {@code forward(x)} with x [batch, channel, axes…]
 * @param parameters in the order in which the script first uses them
 */
public record NetworkScript(
        String source, List<Parameter> parameters, Variant variant, int dimensions, int channels, int heads) {
    /** What a parameter is to the network. */
    public enum Kind {
        /** Weight or bias of a convolution: may be rounded to 16 bits and stored channels last. */
        CONVOLUTION,
        /** Scale, shift or statistics of a normalisation: always 32 bits. */
        NORM
    }

    /**
     * @param attribute its name in the script
     * @param name its name in a checkpoint
     */
    @SuppressWarnings("ArrayRecordComponent") // read only
    public record Parameter(String attribute, String name, Kind kind, long[] shape) {}

    /** The network as it is used for inference: full resolution only. */
    public static NetworkScript of(Architecture architecture, int channels, int heads, Variant variant) {
        return new Emitter(architecture, channels, heads, variant, false).emit();
    }

    /** All outputs, full resolution first: what training with deep supervision needs. */
    public static NetworkScript withDeepSupervision(Architecture architecture, int channels, int heads) {
        return new Emitter(architecture, channels, heads, Variant.REFERENCE, true).emit();
    }

    /** Writes one network. */
    private static final class Emitter {
        private final Architecture architecture;
        private final int channels;
        private final int heads;
        private final Variant variant;
        private final boolean deepSupervision;
        private final ScriptText text = new ScriptText();
        private final ScriptLayers layers;

        Emitter(Architecture architecture, int channels, int heads, Variant variant, boolean deepSupervision) {
            this.architecture = architecture;
            this.channels = channels;
            this.heads = heads;
            this.variant = variant;
            this.deepSupervision = deepSupervision;
            this.layers = new ScriptLayers(architecture, variant, text);
        }

        NetworkScript emit() {
            String input = "x";
            if (variant.channelsLast()) {
                input = text.assign("torch.contiguous(%s, memory_format=%d)", input, architecture.dimensions());
            }
            if (variant.lowPrecision()) {
                input = text.assign("torch.to(%s, 15)", input);
            }
            List<String> skips = architecture.network() == NetworkClass.PLAIN_CONV_UNET
                    ? plainEncoder(input)
                    : residualEncoder(input);
            List<String> outputs = decoder(skips);
            String source = deepSupervision
                    ? text.module("List[Tensor]", outputs.toString())
                    : text.module("Tensor", outputs.get(0));
            return new NetworkScript(source, text.parameters(), variant, architecture.dimensions(), channels, heads);
        }

        private List<String> plainEncoder(String input) {
            List<String> skips = new ArrayList<>();
            String value = input;
            int from = channels;
            for (int stage = 0; stage < architecture.stages(); stage++) {
                int to = architecture.features().get(stage);
                for (int conv = 0; conv < architecture.blocksPerStage().get(stage); conv++) {
                    List<Integer> stride = conv == 0 ? architecture.strides().get(stage) : ones();
                    String name = "encoder.stages." + stage + ".0.convs." + conv;
                    value = layers.block(name, value, from, to, kernel(stage), stride);
                    from = to;
                }
                skips.add(value);
            }
            return skips;
        }

        private List<String> residualEncoder(String input) {
            int from = architecture
                    .residual()
                    .stemChannels()
                    .orElse(architecture.features().get(0));
            String value = layers.block("encoder.stem.convs.0", input, channels, from, kernel(0), ones());
            List<String> skips = new ArrayList<>();
            for (int stage = 0; stage < architecture.stages(); stage++) {
                int to = architecture.features().get(stage);
                for (int block = 0; block < architecture.blocksPerStage().get(stage); block++) {
                    List<Integer> stride = block == 0 ? architecture.strides().get(stage) : ones();
                    value = residualBlock(
                            "encoder.stages." + stage + ".blocks." + block, value, from, to, stage, stride);
                    from = to;
                }
                skips.add(value);
            }
            return skips;
        }

        private String residualBlock(String name, String value, int from, int to, int stage, List<Integer> stride) {
            String main;
            if (architecture.residual().block() == Block.BASIC) {
                main = layers.block(name + ".conv1", value, from, to, kernel(stage), stride);
                main = layers.convolutionAndNorm(name + ".conv2", main, to, to, kernel(stage), ones(), layers.bias());
            } else {
                int inner = architecture
                        .residual()
                        .bottleneckChannels()
                        .orElseThrow(() -> new IllegalArgumentException("bottleneck blocks need bottleneck_channels"))
                        .get(stage);
                main = layers.block(name + ".conv1", value, from, inner, ones(), ones());
                main = layers.block(name + ".conv2", main, inner, inner, kernel(stage), stride);
                main = layers.convolutionAndNorm(name + ".conv3", main, inner, to, ones(), ones(), layers.bias());
            }
            String skip = skip(name + ".skip.", value, from, to, stride);
            return layers.activation(text.assign("torch.add_(%s, %s)", main, skip));
        }

        private String skip(String name, String value, int from, int to, List<Integer> stride) {
            boolean strided = !stride.equals(ones());
            String skip = strided ? layers.averagePool(value, stride) : value;
            return from == to
                    ? skip
                    : layers.convolutionAndNorm(name + (strided ? 1 : 0), skip, from, to, ones(), ones(), false);
        }

        private List<String> decoder(List<String> skips) {
            List<String> outputs = new ArrayList<>();
            int last = architecture.stages() - 2;
            String value = skips.get(last + 1);
            for (int step = 0; step <= last; step++) {
                int level = last - step;
                int low = architecture.features().get(level + 1);
                int high = architecture.features().get(level);
                String up = layers.transposed(
                        "decoder.transpconvs." + step,
                        value,
                        low,
                        high,
                        architecture.strides().get(level + 1));
                value = text.assign("torch.cat([%s, %s], 1)", up, skips.get(level));
                for (int conv = 0; conv < architecture.convsPerStageDecoder().get(step); conv++) {
                    String name = "decoder.stages." + step + ".convs." + conv;
                    value = layers.block(name, value, conv == 0 ? 2 * high : high, high, kernel(level), ones());
                }
                if (deepSupervision || step == last) {
                    outputs.add(0, head(step, value, high));
                }
            }
            return outputs;
        }

        private String head(int step, String value, int features) {
            String logits =
                    layers.convolution("decoder.seg_layers." + step, value, features, heads, ones(), ones(), true);
            return variant.lowPrecision() ? text.assign("torch.to(%s, 6)", logits) : logits;
        }

        private List<Integer> kernel(int stage) {
            return architecture.kernelSizes().get(stage);
        }

        private List<Integer> ones() {
            return Collections.nCopies(architecture.dimensions(), 1);
        }
    }
}
