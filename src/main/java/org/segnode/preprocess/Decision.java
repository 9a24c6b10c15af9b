package org.segnode.preprocess;

import java.util.Arrays;
import java.util.List;
import org.segnode.plan.Labels;

/** Takes the heads of a network one after the other and decides the label of each voxel. */
abstract class Decision {
    /** Above this a logit's probability is more than one half in single precision, whatever the rounding. */
    private static final float CLEAR = 1e-6f;

    private final short[] labels;

    private Decision(int voxels) {
        this.labels = new short[voxels];
    }

    static Decision of(Labels labels, int voxels) {
        return labels.hasRegions()
                ? new Regions(voxels, labels.regionsClassOrder())
                : new Largest(voxels, labels.all());
    }

    abstract void takeLogits(int head, float[] values);

    abstract void takeProbabilities(int head, float[] values);

    /** The labels, once all heads were taken. */
    short[] labels() {
        return labels;
    }

    /** The largest value wins, the first of several. */
    private static final class Largest extends Decision {
        private final float[] best;
        private final List<Integer> order;

        Largest(int voxels, List<Integer> order) {
            super(voxels);
            this.order = order;
            this.best = new float[voxels];
            Arrays.fill(best, Float.NEGATIVE_INFINITY);
        }

        @Override
        void takeLogits(int head, float[] values) {
            short label = order.get(head).shortValue();
            short[] result = labels();
            Parallel.pieces(values.length, (start, end) -> {
                for (int i = start; i < end; i++) {
                    if (values[i] > best[i]) {
                        best[i] = values[i];
                        result[i] = label;
                    }
                }
            });
        }

        @Override
        void takeProbabilities(int head, float[] values) {
            takeLogits(head, values);
        }
    }

    /** Every region writes its label where it is found; later ones overwrite. */
    private static final class Regions extends Decision {
        private final List<Integer> order;

        Regions(int voxels, List<Integer> order) {
            super(voxels);
            this.order = order;
        }

        @Override
        void takeLogits(int head, float[] values) {
            short label = order.get(head).shortValue();
            short[] result = labels();
            Parallel.pieces(values.length, (start, end) -> {
                for (int i = start; i < end; i++) {
                    if (values[i] > CLEAR || (values[i] > 0 && Nonlinearities.sigmoid(values[i]) > 0.5f)) {
                        result[i] = label;
                    }
                }
            });
        }

        @Override
        void takeProbabilities(int head, float[] values) {
            short label = order.get(head).shortValue();
            short[] result = labels();
            for (int i = 0; i < values.length; i++) {
                if (values[i] > 0.5f) {
                    result[i] = label;
                }
            }
        }
    }
}
