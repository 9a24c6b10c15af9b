package org.segnode.plan;

import java.util.List;
import java.util.Optional;

/**
 * A U-Net as the plans describe it. Stage 0 has full resolution; kernels and strides are given per axis, in the order of
 * the array axes.
 *
 * @param network which of the two families
 * @param dimensions 2 or 3
 * @param features channels of each encoder stage
 * @param kernelSizes odd kernel size of each stage, per axis
 * @param strides stride with which each stage begins, per axis
 * @param blocksPerStage convolutions (plain) or residual blocks of each encoder stage
 * @param convsPerStageDecoder convolutions of each decoder stage, lowest resolution first; one entry less than stages
 * @param convBias whether convolutions have a bias
 * @param norm normalisation after each convolution
 * @param dropout probability with which dropout sets channels to zero; 0 for none
 * @param nonlinearity activation
 * @param nonlinFirst activation before normalisation (plain only)
 * @param residual what only {@link NetworkClass#RESIDUAL_ENCODER_UNET} has
 */
public record Architecture(
        NetworkClass network,
        int dimensions,
        List<Integer> features,
        List<List<Integer>> kernelSizes,
        List<List<Integer>> strides,
        List<Integer> blocksPerStage,
        List<Integer> convsPerStageDecoder,
        boolean convBias,
        Norm norm,
        double dropout,
        Nonlinearity nonlinearity,
        boolean nonlinFirst,
        Residual residual) {

    /** The network families nnU-Net plans. */
    public enum NetworkClass {
        PLAIN_CONV_UNET,
        RESIDUAL_ENCODER_UNET
    }

    /** Kinds of normalisation. */
    public enum NormKind {
        INSTANCE,
        BATCH,
        NONE
    }

    /**
     * Normalisation.
     *
     * @param kind instance, batch, or none
     * @param epsilon added to the variance
     * @param affine whether scale and shift are learned
     */
    public record Norm(NormKind kind, double epsilon, boolean affine) {}

    /** Kinds of activation. */
    public enum Activation {
        LEAKY_RELU,
        RELU,
        GELU
    }

    /**
     * Activation.
     *
     * @param kind which function
     * @param negativeSlope of the leaky ReLU; 0 for others
     */
    public record Nonlinearity(Activation kind, double negativeSlope) {}

    /** Kinds of residual block. */
    public enum Block {
        BASIC,
        BOTTLENECK
    }

    /**
     * The residual encoder's own settings.
     *
     * @param block kind of block
     * @param bottleneckChannels inner channels per stage, for bottleneck blocks
     * @param stemChannels channels of the stem; the features of stage 0 if empty
     */
    public record Residual(Block block, Optional<List<Integer>> bottleneckChannels, Optional<Integer> stemChannels) {
        public static final Residual USUAL = new Residual(Block.BASIC, Optional.empty(), Optional.empty());
    }

    private static final int MOST_STAGES = 16;

    public Architecture {
        if (dimensions != 2 && dimensions != 3) {
            throw new IllegalArgumentException("a network has 2 or 3 dimensions, is given " + dimensions);
        }
        features = List.copyOf(features);
        kernelSizes = kernelSizes.stream().map(List::copyOf).toList();
        strides = strides.stream().map(List::copyOf).toList();
        blocksPerStage = List.copyOf(blocksPerStage);
        convsPerStageDecoder = List.copyOf(convsPerStageDecoder);
        int stages = features.size();
        if (stages < 2 || stages > MOST_STAGES) {
            throw new IllegalArgumentException("n_stages must be from 2 to " + MOST_STAGES + ", is " + stages);
        }
        requireEntries("kernel_sizes", kernelSizes.size(), stages);
        requireEntries("strides", strides.size(), stages);
        requireEntries("n_conv_per_stage or n_blocks_per_stage", blocksPerStage.size(), stages);
        requireEntries("n_conv_per_stage_decoder", convsPerStageDecoder.size(), stages - 1);
        kernelSizes.forEach(kernel -> requireEntries("an entry of kernel_sizes", kernel.size(), dimensions));
        strides.forEach(stride -> requireEntries("an entry of strides", stride.size(), dimensions));
        residual.bottleneckChannels()
                .ifPresent(channels -> requireEntries("bottleneck_channels", channels.size(), stages));
        if (!(dropout >= 0 && dropout <= 1)) {
            throw new IllegalArgumentException("the probability of dropout must be from 0 to 1, is " + dropout);
        }
    }

    /** Number of encoder stages. */
    public int stages() {
        return features.size();
    }

    /** What the lengths of a patch must be multiples of, per axis. */
    public int[] divisors() {
        int[] divisors = new int[dimensions];
        for (int axis = 0; axis < dimensions; axis++) {
            divisors[axis] = 1;
            for (List<Integer> stride : strides) {
                divisors[axis] = Math.multiplyExact(divisors[axis], stride.get(axis));
            }
        }
        return divisors;
    }

    private static void requireEntries(String name, int given, int wanted) {
        if (given != wanted) {
            throw new IllegalArgumentException(name + " must have " + wanted + " entries, has " + given);
        }
    }
}
