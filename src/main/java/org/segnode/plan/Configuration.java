package org.segnode.plan;

import java.util.List;
import java.util.Optional;

/**
 * One entry of {@code configurations} in plans.json, with inheritance resolved. Axes are those after
 * {@link Plans#transposeForward()}: three, or the last two for a 2d configuration.
 *
 * @param name its key, for example {@code 3d_fullres}
 * @param dataIdentifier folder of its preprocessed cases
 * @param preprocessorName nnU-Net's class name
 * @param batchSize patches per training step, at least 1
 * @param patchSize voxels of a patch per axis
 * @param medianImageSize median shape of the resampled training cases, may be x.5
 * @param spacing distance of voxels per axis in mm
 * @param normalizations one per channel
 * @param useMaskForNorm one per channel: statistics over the non-zero region only
 * @param resamplingData for images
 * @param resamplingSegmentation for labels
 * @param resamplingProbabilities for the network's output
 * @param architecture the network
 * @param batchDice Dice loss over the whole batch instead of per sample
 * @param previousStage configuration whose result is an input too (cascade)
 * @param nextStages configurations that take this one's result
 */
public record Configuration(
        String name,
        String dataIdentifier,
        String preprocessorName,
        int batchSize,
        List<Integer> patchSize,
        List<Double> medianImageSize,
        List<Double> spacing,
        List<Normalization> normalizations,
        List<Boolean> useMaskForNorm,
        ResamplingSpec resamplingData,
        ResamplingSpec resamplingSegmentation,
        ResamplingSpec resamplingProbabilities,
        Architecture architecture,
        boolean batchDice,
        Optional<String> previousStage,
        List<String> nextStages) {
    private static final long MOST_PATCH_VOXELS = 1L << 30;

    public Configuration {
        patchSize = List.copyOf(patchSize);
        medianImageSize = List.copyOf(medianImageSize);
        spacing = List.copyOf(spacing);
        normalizations = List.copyOf(normalizations);
        useMaskForNorm = List.copyOf(useMaskForNorm);
        nextStages = List.copyOf(nextStages);
        int axes = architecture.dimensions();
        requireEntries("patch_size", patchSize.size(), axes);
        requireEntries("spacing", spacing.size(), axes);
        requireEntries("use_mask_for_norm", useMaskForNorm.size(), normalizations.size());
        int[] divisors = architecture.divisors();
        long voxels = 1;
        for (int axis = 0; axis < axes; axis++) {
            voxels *= patchSize.get(axis);
            if (patchSize.get(axis) % divisors[axis] != 0) {
                throw new IllegalArgumentException("patch_size must be a multiple of the strides' product "
                        + divisors[axis] + " along axis " + axis + ", is " + patchSize);
            }
        }
        if (voxels > MOST_PATCH_VOXELS) {
            throw new IllegalArgumentException(
                    "patch_size must be at most " + MOST_PATCH_VOXELS + " voxels, is " + patchSize);
        }
    }

    /** Whether patches are single slices. */
    public boolean is2d() {
        return patchSize.size() == 2;
    }

    /** Patch length per axis, as a fresh array. */
    public int[] patchSizeArray() {
        return patchSize.stream().mapToInt(Integer::intValue).toArray();
    }

    /** Spacing per axis in mm, as a fresh array. */
    public double[] spacingArray() {
        return spacing.stream().mapToDouble(Double::doubleValue).toArray();
    }

    /** The same configuration as second stage of a cascade. */
    Configuration asCascade(String cascadeName, String previous) {
        return new Configuration(
                cascadeName,
                dataIdentifier,
                preprocessorName,
                batchSize,
                patchSize,
                medianImageSize,
                spacing,
                normalizations,
                useMaskForNorm,
                resamplingData,
                resamplingSegmentation,
                resamplingProbabilities,
                architecture,
                batchDice,
                Optional.of(previous),
                nextStages);
    }

    private static void requireEntries(String name, int given, int wanted) {
        if (given != wanted) {
            throw new IllegalArgumentException(name + " must have " + wanted + " entries, has " + given);
        }
    }
}
