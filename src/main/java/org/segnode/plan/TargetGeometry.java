package org.segnode.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Spacing, axis order and median shape at full resolution. All but {@code transposeForward} in the planned axis order.
 *
 * @param transposeForward planned axis i is axis {@code transposeForward(i)} of the files
 * @param spacing in mm
 * @param medianShape of the cases resampled to the spacing, in voxels, may be x.5
 * @param originalSpacing median of the cases as they are, in mm
 * @param originalShape median of the cases as they are, in voxels, may be x.5
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record TargetGeometry(
        List<Integer> transposeForward,
        double[] spacing,
        double[] medianShape,
        double[] originalSpacing,
        double[] originalShape) {
    private static final double ANISOTROPY = 3;

    static TargetGeometry of(Fingerprint fingerprint, Optional<List<Double>> givenSpacing, boolean suppressTranspose) {
        double[] target = givenSpacing
                .map(given -> given.stream().mapToDouble(Double::doubleValue).toArray())
                .orElseGet(() -> targetSpacing(fingerprint));
        List<Integer> forward = suppressTranspose ? List.of(0, 1, 2) : forward(target);
        double[] median = new double[3];
        double[] originalSpacing = new double[3];
        double[] originalShape = new double[3];
        for (int i = 0; i < 3; i++) {
            int axis = i;
            originalSpacing[axis] =
                    Statistics.median(Statistics.column(fingerprint.spacings(), spacing -> spacing.get(axis)));
            originalShape[axis] =
                    Statistics.median(Statistics.column(fingerprint.shapesAfterCrop(), shape -> shape.get(axis)));
            median[axis] = Statistics.median(resampledLengths(fingerprint, axis, target[axis]));
        }
        return new TargetGeometry(
                forward,
                permuted(target, forward),
                permuted(median, forward),
                permuted(originalSpacing, forward),
                permuted(originalShape, forward));
    }

    List<Integer> transposeBackward() {
        return List.of(transposeForward.indexOf(0), transposeForward.indexOf(1), transposeForward.indexOf(2));
    }

    /** Medians; but a strongly anisotropic axis is planned finer, at its 10th percentile. */
    private static double[] targetSpacing(Fingerprint fingerprint) {
        double[] target = new double[3];
        double[] shape = new double[3];
        for (int i = 0; i < 3; i++) {
            int axis = i;
            target[axis] =
                    Statistics.percentile(Statistics.column(fingerprint.spacings(), spacing -> spacing.get(axis)), 50);
            shape[axis] = Statistics.percentile(
                    Statistics.column(fingerprint.shapesAfterCrop(), lengths -> lengths.get(axis)), 50);
        }
        int worst = coarsest(target);
        double coarsestOther = 0;
        double shortestOther = Double.POSITIVE_INFINITY;
        for (int axis = 0; axis < 3; axis++) {
            if (axis != worst) {
                coarsestOther = Math.max(coarsestOther, target[axis]);
                shortestOther = Math.min(shortestOther, shape[axis]);
            }
        }
        if (target[worst] > ANISOTROPY * coarsestOther && shape[worst] * ANISOTROPY < shortestOther) {
            double fine =
                    Statistics.percentile(Statistics.column(fingerprint.spacings(), spacing -> spacing.get(worst)), 10);
            target[worst] = fine < coarsestOther ? Math.max(coarsestOther, fine) + 1e-5 : fine;
        }
        return target;
    }

    /** The coarsest axis first, the others in their order. */
    private static List<Integer> forward(double[] spacing) {
        int first = coarsest(spacing);
        List<Integer> forward = new ArrayList<>(List.of(first));
        for (int axis = 0; axis < 3; axis++) {
            if (axis != first) {
                forward.add(axis);
            }
        }
        return List.copyOf(forward);
    }

    private static int coarsest(double[] spacing) {
        int coarsest = 0;
        for (int axis = 1; axis < 3; axis++) {
            if (spacing[axis] > spacing[coarsest]) {
                coarsest = axis;
            }
        }
        return coarsest;
    }

    private static double[] resampledLengths(Fingerprint fingerprint, int axis, double target) {
        double[] lengths = new double[fingerprint.spacings().size()];
        for (int i = 0; i < lengths.length; i++) {
            double ratio = fingerprint.spacings().get(i).get(axis) / target;
            lengths[i] = Math.rint(ratio * fingerprint.shapesAfterCrop().get(i).get(axis));
        }
        return lengths;
    }

    private static double[] permuted(double[] values, List<Integer> forward) {
        return new double[] {values[forward.get(0)], values[forward.get(1)], values[forward.get(2)]};
    }
}
