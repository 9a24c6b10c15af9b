package org.segnode.plan;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * How often, and along which axes, a U-Net halves a patch.
 *
 * @param strides per stage and axis; stage 0 does not stride
 * @param kernelSizes per stage and axis, 1 or 3
 * @param patchSize the asked size rounded up to multiples of {@code divisors}
 * @param divisors 2 to the number of halvings, per axis
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Topology(List<List<Integer>> strides, List<List<Integer>> kernelSizes, int[] patchSize, int[] divisors) {
    private static final int SMALLEST_EDGE = 4;

    /**
     * @param spacing of the patch per axis in mm
     * @param size of the patch per axis in voxels, may be x.5
     */
    static Topology of(double[] spacing, double[] size) {
        return new Search(spacing, size).run();
    }

    int stages() {
        return strides.size();
    }

    /** The growing network. */
    private static final class Search {
        private final double[] spacing;
        private final double[] size;
        private final double[] asked;
        private final Integer[] kernel;
        private final int[] divisors;

        Search(double[] spacing, double[] size) {
            this.spacing = spacing.clone();
            this.size = size.clone();
            this.asked = size;
            this.kernel = new Integer[size.length];
            this.divisors = new int[size.length];
            Arrays.fill(kernel, 1);
            Arrays.fill(divisors, 1);
        }

        Topology run() {
            List<List<Integer>> strides = new ArrayList<>();
            List<List<Integer>> kernels = new ArrayList<>();
            Integer[] stride = new Integer[size.length];
            Arrays.fill(stride, 1);
            strides.add(List.of(stride));
            for (boolean[] pooled = pooledAxes(); pooled.length > 0; pooled = pooledAxes()) {
                widenKernels();
                kernels.add(List.of(kernel));
                strides.add(halve(pooled));
            }
            Arrays.fill(kernel, 3);
            kernels.add(List.of(kernel));
            int[] patch = new int[size.length];
            for (int axis = 0; axis < size.length; axis++) {
                patch[axis] = (int) Math.ceil(asked[axis] / divisors[axis]) * divisors[axis];
            }
            return new Topology(strides, kernels, patch, divisors);
        }

        /** Axes that are long enough and not much coarser than the finest of these; empty when none is left. */
        private boolean[] pooledAxes() {
            double finest = Double.POSITIVE_INFINITY;
            for (int axis = 0; axis < size.length; axis++) {
                if (size[axis] >= 2 * SMALLEST_EDGE) {
                    finest = Math.min(finest, spacing[axis]);
                }
            }
            boolean[] pooled = new boolean[size.length];
            int count = 0;
            int last = 0;
            for (int axis = 0; axis < size.length; axis++) {
                if (size[axis] >= 2 * SMALLEST_EDGE && spacing[axis] / finest < 2) {
                    pooled[axis] = true;
                    count++;
                    last = axis;
                }
            }
            boolean ends = count == 0 || (count == 1 && size[last] < 3 * SMALLEST_EDGE);
            return ends ? new boolean[0] : pooled;
        }

        private void widenKernels() {
            double finest = Arrays.stream(spacing).min().orElseThrow();
            for (int axis = 0; axis < size.length; axis++) {
                if (spacing[axis] / finest < 2) {
                    kernel[axis] = 3;
                }
            }
        }

        private List<Integer> halve(boolean[] pooled) {
            Integer[] stride = new Integer[size.length];
            for (int axis = 0; axis < size.length; axis++) {
                stride[axis] = pooled[axis] ? 2 : 1;
                if (pooled[axis]) {
                    divisors[axis] *= 2;
                    spacing[axis] *= 2;
                    size[axis] = Math.ceil(size[axis] / 2);
                }
            }
            return List.of(stride);
        }
    }
}
