package org.segnode.preprocess;

import java.util.Arrays;
import org.segnode.volume.Shape;

/** Nearest and linear interpolation of labels, voxel by voxel, without an image per label. */
final class LabelInterpolation {
    private final Shape from;
    private final Shape to;
    private final short[] labels;
    private final AxisKernel[] nearest = new AxisKernel[3];
    private final AxisKernel[] kernels = new AxisKernel[3];

    /** @param order 0 or 1 */
    LabelInterpolation(Shape from, Shape to, int order, short[] labels) {
        this.from = from;
        this.to = to;
        this.labels = labels;
        for (int axis = 0; axis < 3; axis++) {
            nearest[axis] = new AxisKernel(from.length(axis), to.length(axis), 0);
            kernels[axis] = new AxisKernel(from.length(axis), to.length(axis), order);
        }
    }

    void nearest(short[] result) {
        forEachRow((slice, row, at) -> {
            for (int column = 0; column < to.columns(); column++) {
                result[at + column] = nearestLabel(slice, row, column);
            }
        });
    }

    void linear(short[] result) {
        Parallel.pieces(to.slices(), (start, end) -> {
            Vote vote = new Vote();
            int[] lines = new int[4];
            for (int slice = start; slice < end; slice++) {
                for (int row = 0; row < to.rows(); row++) {
                    putLines(slice, row, lines);
                    linearRow(slice, row, lines, vote, result);
                }
            }
        });
    }

    /** Where the two neighbouring rows of each of the two neighbouring slices begin. */
    private void putLines(int slice, int row, int[] lines) {
        for (int i = 0; i < 4; i++) {
            int plane = Math.min(kernels[0].first(slice) + upper(0, i >> 1), from.slices() - 1);
            int line = Math.min(kernels[1].first(row) + upper(1, i & 1), from.rows() - 1);
            lines[i] = from.index(plane, line, 0);
        }
    }

    private int upper(int axis, int neighbour) {
        return kernels[axis].taps() == 2 ? neighbour : 0;
    }

    private void linearRow(int slice, int row, int[] lines, Vote vote, short[] result) {
        int at = to.index(slice, row, 0);
        int step = upper(2, 1);
        for (int column = 0; column < to.columns(); column++) {
            int low = kernels[2].first(column);
            int high = Math.min(low + step, from.columns() - 1);
            short label = labels[lines[0] + low];
            boolean alike = label == labels[lines[0] + high];
            for (int i = 1; i < 4 && alike; i++) {
                alike = label == labels[lines[i] + low] && label == labels[lines[i] + high];
            }
            result[at + column] = alike ? label : vote.winner(slice, row, column);
        }
    }

    private short nearestLabel(int slice, int row, int column) {
        return labels[from.index(nearest[0].first(slice), nearest[1].first(row), nearest[2].first(column))];
    }

    private interface Row {
        void run(int slice, int row, int at);
    }

    private void forEachRow(Row body) {
        Parallel.pieces(to.slices(), (start, end) -> {
            for (int slice = start; slice < end; slice++) {
                for (int row = 0; row < to.rows(); row++) {
                    body.run(slice, row, to.index(slice, row, 0));
                }
            }
        });
    }

    /** The up to eight neighbours of one place and how much each label has of it. */
    private final class Vote {
        private final int[] neighbours = new int[8];
        private final double[] weights = new double[8];
        private final short[] candidates = new short[8];
        private final double[] scores = new double[8];
        private int count;

        short winner(int slice, int row, int column) {
            gather(slice, row, column);
            return elect(slice, row, column);
        }

        private void gather(int slice, int row, int column) {
            count = 0;
            for (int i = 0; i < kernels[0].taps(); i++) {
                int plane = Math.min(kernels[0].first(slice) + i, from.slices() - 1);
                for (int j = 0; j < kernels[1].taps(); j++) {
                    int line = plane * from.rows() + Math.min(kernels[1].first(row) + j, from.rows() - 1);
                    double within = kernels[0].weight(slice, i) * kernels[1].weight(row, j);
                    for (int k = 0; k < kernels[2].taps(); k++) {
                        int place = Math.min(kernels[2].first(column) + k, from.columns() - 1);
                        neighbours[count] = line * from.columns() + place;
                        weights[count++] = within * kernels[2].weight(column, k);
                    }
                }
            }
        }

        private short elect(int slice, int row, int column) {
            int number = 0;
            Arrays.fill(scores, 0);
            for (int i = 0; i < count; i++) {
                short label = labels[neighbours[i]];
                int candidate = 0;
                while (candidate < number && candidates[candidate] != label) {
                    candidate++;
                }
                candidates[candidate] = label;
                number = Math.max(number, candidate + 1);
                scores[candidate] += weights[i];
            }
            return best(number, nearestLabel(slice, row, column));
        }

        private short best(int number, short nearestLabel) {
            double highest = 0;
            for (int i = 0; i < number; i++) {
                scores[i] = Math.min(scores[i], 1);
                highest = Math.max(highest, scores[i]);
            }
            short lowest = Short.MAX_VALUE;
            for (int i = 0; i < number; i++) {
                if (scores[i] == highest) {
                    if (candidates[i] == nearestLabel) {
                        return nearestLabel;
                    }
                    lowest = candidates[i] < lowest ? candidates[i] : lowest;
                }
            }
            return lowest;
        }
    }
}
