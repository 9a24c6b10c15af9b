package org.segnode.preprocess;

import org.segnode.volume.Halfs;
import org.segnode.volume.Shape;

/**
 * Resamples as nnU-Net's {@code resample_torch_fornnunet} does with {@code torch.nn.functional.interpolate}: linear in
 * single precision, corners not aligned; separate slices by {@code nearest-exact}.
 */
final class TorchResize {
    private static final float LABEL_SCALE = 1000;
    private static final float CERTAIN = 700;

    private final Shape from;
    private final Shape to;
    private final int[][] low = new int[3][];
    private final float[][] share = new float[3][];

    /** @param separation the order across slices does not matter: it is always the nearest */
    TorchResize(Shape from, Shape to, Separation separation) {
        this.from = from;
        this.to = to;
        for (int axis = 0; axis < 3; axis++) {
            low[axis] = new int[to.length(axis)];
            share[axis] = new float[to.length(axis)];
            for (int i = 0; i < to.length(axis); i++) {
                place(axis, i, axis == separation.axis());
            }
        }
    }

    private void place(int axis, int i, boolean nearest) {
        int length = from.length(axis);
        float scale = (float) length / to.length(axis);
        if (nearest) {
            low[axis][i] = Math.min((int) ((i + 0.5f) * scale), length - 1);
        } else {
            float x = Math.max(Math.fma(scale, i + 0.5f, -0.5f), 0);
            low[axis][i] = Math.min((int) x, length - 1);
            share[axis][i] = x - low[axis][i];
        }
    }

    float[] run(float[] voxels) {
        float[] result = new float[to.voxels()];
        forEachVoxel((at, places, parts) -> result[at] = mix(place -> voxels[place], places, parts));
        return result;
    }

    private interface Value {
        float at(int place);
    }

    /** Sums as torch's compiled code does: along the columns, the rows, the slices, with fused multiplication and addition. */
    private static float mix(Value value, int[] places, float[] parts) {
        float front = plane(value, places, 0, parts);
        float back = plane(value, places, 4, parts);
        return Math.fma(parts[1], back, parts[0] * front);
    }

    private static float plane(Value value, int[] places, int i, float[] parts) {
        float top = Math.fma(parts[5], value.at(places[i + 1]), parts[4] * value.at(places[i]));
        float bottom = Math.fma(parts[5], value.at(places[i + 3]), parts[4] * value.at(places[i + 2]));
        return Math.fma(parts[3], bottom, parts[2] * top);
    }

    /** @param oneByOne the variant that saves memory: a label wins if it has more than half of a voxel */
    short[] run(short[] labels, boolean oneByOne) {
        short[] result = new short[to.voxels()];
        forEachVoxel((at, places, parts) -> {
            short first = labels[places[0]];
            boolean alike = true;
            for (int i = 1; i < 8 && alike; i++) {
                alike = labels[places[i]] == first;
            }
            result[at] = alike ? first : elect(labels, places, parts, oneByOne);
        });
        return result;
    }

    private static short elect(short[] labels, int[] places, float[] parts, boolean oneByOne) {
        short winner = 0;
        float highest = Float.NEGATIVE_INFINITY;
        int previous = Integer.MIN_VALUE;
        for (int label = next(labels, places, previous);
                label <= Short.MAX_VALUE;
                label = next(labels, places, label)) {
            float score = score(labels, places, parts, label, oneByOne ? 1 : LABEL_SCALE);
            if (oneByOne) {
                winner = score > 0.5f ? (short) label : winner;
            } else {
                float rounded = Halfs.toFloat(Halfs.ofFloat(score));
                if (rounded > CERTAIN) {
                    return (short) label; // no two labels have more than 0.7 of a voxel
                }
                if (rounded > highest) {
                    highest = rounded;
                    winner = (short) label;
                }
            }
        }
        return winner;
    }

    /** The next larger label among the neighbours, or more than any label. */
    private static int next(short[] labels, int[] places, int previous) {
        int next = Integer.MAX_VALUE;
        for (int place : places) {
            if (labels[place] > previous) {
                next = Math.min(next, labels[place]);
            }
        }
        return next;
    }

    private static float score(short[] labels, int[] places, float[] parts, int label, float scale) {
        return mix(place -> labels[place] == label ? scale : 0, places, parts);
    }

    /** What is done with a voxel and the eight neighbours of its place. */
    private interface Body {
        /** @param parts shares of the lower and upper neighbour along axis 0, 1, 2 */
        void voxel(int at, int[] places, float[] parts);
    }

    private void forEachVoxel(Body body) {
        Parallel.pieces(to.slices(), (start, end) -> {
            int[] places = new int[8];
            float[] parts = new float[6];
            for (int slice = start; slice < end; slice++) {
                for (int row = 0; row < to.rows(); row++) {
                    int at = to.index(slice, row, 0);
                    for (int column = 0; column < to.columns(); column++) {
                        gather(slice, row, column, places, parts);
                        body.voxel(at + column, places, parts);
                    }
                }
            }
        });
    }

    private void gather(int slice, int row, int column, int[] places, float[] parts) {
        int[] position = {slice, row, column};
        for (int axis = 0; axis < 3; axis++) {
            parts[2 * axis + 1] = share[axis][position[axis]];
            parts[2 * axis] = 1 - parts[2 * axis + 1];
        }
        int slice0 = low[0][slice];
        int row0 = low[1][row];
        int column0 = low[2][column];
        for (int i = 0; i < 8; i++) {
            int plane = Math.min(slice0 + (i >> 2), from.slices() - 1);
            int line = Math.min(row0 + (i >> 1 & 1), from.rows() - 1);
            places[i] = from.index(plane, line, Math.min(column0 + (i & 1), from.columns() - 1));
        }
    }
}
