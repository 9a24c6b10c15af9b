package org.segnode.plan;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.segnode.plan.Architecture.Activation;
import org.segnode.plan.Architecture.NetworkClass;
import org.segnode.plan.Architecture.Nonlinearity;
import org.segnode.plan.Architecture.Norm;
import org.segnode.plan.Architecture.NormKind;
import org.segnode.plan.Architecture.Residual;

/**
 * Plans patch, network and batch of one configuration: the largest patch whose network fits into the memory, then as many
 * patches as fit.
 *
 * @see <a href="https://doi.org/10.1038/s41592-020-01008-z">Isensee et al. 2021, Methods</a>
 */
final class ConfigurationPlanner {
    private static final int BASE_FEATURES = 32;
    private static final int[] RESIDUAL_BLOCKS = {1, 3, 4, 6};
    private static final int SMALLEST_BATCH = 2;

    private final Planner.Budget budget;
    private final double gigabytes;
    private final int declaredLabels;

    /** @param declaredLabels entries under labels in dataset.json, all of them */
    ConfigurationPlanner(Planner.Budget budget, double gigabytes, int declaredLabels) {
        this.budget = budget;
        this.gigabytes = gigabytes;
        this.declaredLabels = declaredLabels;
    }

    /** The result: what a {@link Configuration} needs beyond names and normalisation. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Planned(double[] spacing, double[] medianShape, int[] patch, int batch, Architecture architecture) {}

    /**
     * @param spacing in mm, 2 or 3 axes
     * @param medianShape in voxels, may be x.5
     * @param datasetVoxels voxels of all cases at this spacing
     */
    Planned plan(double[] spacing, double[] medianShape, double datasetVoxels) {
        boolean flat = spacing.length == 2;
        double reference = (flat ? budget.reference2d : budget.reference3d) * (gigabytes / budget.gigabytes);
        int referenceBatch = flat ? 12 : 2;
        Topology topology = Topology.of(spacing, initialPatch(spacing, medianShape));
        long cost = cost(topology);
        while (isTooLarge(cost, reference, referenceBatch)) {
            topology = smaller(topology, spacing, medianShape);
            cost = cost(topology);
        }
        double batch = Math.rint(reference / cost * referenceBatch);
        double most = Math.rint(datasetVoxels * budget.coverage / product(topology.patchSize()));
        return new Planned(
                spacing,
                medianShape,
                topology.patchSize(),
                (int) Math.max(Math.min(batch, most), SMALLEST_BATCH),
                architecture(topology));
    }

    /** Half the size per axis would hold 2048² or 256³ voxels; shaped like the spacing, never larger than the median. */
    private static double[] initialPatch(double[] spacing, double[] medianShape) {
        double[] patch = new double[spacing.length];
        double product = 1;
        for (double each : spacing) {
            product *= 1 / each;
        }
        double volume = spacing.length == 2 ? Math.pow(2048, 2) : Math.pow(256, 3);
        double edge = root(volume / product, spacing.length);
        for (int axis = 0; axis < patch.length; axis++) {
            patch[axis] = Math.min(Math.rint(1 / spacing[axis] * edge), medianShape[axis]);
        }
        return patch;
    }

    /**
     * The power with exponent 1/2, or the double nearest to 1/3, correctly rounded: what the patch size is rounded from
     * must not depend on the machine's library.
     */
    static double root(double value, int axes) {
        if (axes == 2) {
            return Math.sqrt(value);
        }
        MathContext digits = new MathContext(40);
        BigDecimal exact = new BigDecimal(value);
        BigDecimal root = new BigDecimal(Math.cbrt(value));
        for (int i = 0; i < 3; i++) {
            BigDecimal square = root.multiply(root, digits);
            root = root.multiply(BigDecimal.valueOf(2))
                    .add(exact.divide(square, digits))
                    .divide(BigDecimal.valueOf(3), digits);
        }
        double missing = new BigDecimal(1.0 / 3)
                .subtract(BigDecimal.ONE.divide(BigDecimal.valueOf(3), digits))
                .doubleValue();
        return root.multiply(BigDecimal.ONE.add(new BigDecimal(missing * Math.log(value))), digits)
                .doubleValue();
    }

    private boolean isTooLarge(long cost, double reference, int referenceBatch) {
        return budget.network == NetworkClass.PLAIN_CONV_UNET
                ? (double) cost / referenceBatch * 2 > reference
                : cost > reference;
    }

    /** Shortens the patch along the axis where it covers most of the median shape. */
    private Topology smaller(Topology topology, double[] spacing, double[] medianShape) {
        int[] patch = topology.patchSize();
        int axis = 0;
        for (int i = 1; i < patch.length; i++) {
            if (patch[i] / medianShape[i] >= patch[axis] / medianShape[axis]) {
                axis = i;
            }
        }
        int[] trial = patch.clone();
        trial[axis] -= topology.divisors()[axis];
        int step = Topology.of(spacing, toDoubles(trial)).divisors()[axis];
        int[] shorter = patch.clone();
        shorter[axis] -= step;
        Topology result = shorter[axis] < 1 ? topology : Topology.of(spacing, toDoubles(shorter));
        if (shorter[axis] < 1 || result.stages() < 2) {
            throw new IllegalArgumentException(
                    "a GPU memory target of " + gigabytes + " GB is too small for any patch of this data set");
        }
        return result;
    }

    private long cost(Topology topology) {
        return new NetworkCost(architecture(topology), topology.patchSize(), declaredLabels).featureMaps();
    }

    private Architecture architecture(Topology topology) {
        int dimensions = topology.patchSize().length;
        if (topology.stages() < 2) {
            throw new IllegalArgumentException(
                    "images of median size " + Arrays.toString(topology.patchSize()) + " are too small for a U-Net");
        }
        int most = dimensions == 2 ? 512 : 320;
        boolean residual = budget.network == NetworkClass.RESIDUAL_ENCODER_UNET;
        List<Integer> features = new ArrayList<>();
        List<Integer> blocks = new ArrayList<>();
        List<Integer> decoder = new ArrayList<>();
        for (int stage = 0; stage < topology.stages(); stage++) {
            features.add((int) Math.min((long) BASE_FEATURES << stage, most));
            blocks.add(residual ? RESIDUAL_BLOCKS[Math.min(stage, RESIDUAL_BLOCKS.length - 1)] : 2);
            if (stage > 0) {
                decoder.add(residual ? 1 : 2);
            }
        }
        return new Architecture(
                budget.network,
                dimensions,
                features,
                topology.kernelSizes(),
                topology.strides(),
                blocks,
                decoder,
                true,
                new Norm(NormKind.INSTANCE, 1e-5, true),
                0,
                new Nonlinearity(Activation.LEAKY_RELU, 0.01),
                false,
                Residual.USUAL);
    }

    private static double product(int[] lengths) {
        return Arrays.stream(lengths).asDoubleStream().reduce(1, (a, b) -> a * b);
    }

    private static double[] toDoubles(int[] values) {
        return Arrays.stream(values).asDoubleStream().toArray();
    }
}
