package org.segnode.volume;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Brings arrays from one orientation to another by permuting and flipping axes; no value is ever interpolated, and
 * {@link #inverse()} undoes it exactly.
 */
public final class Reorientation {
    private final int[] sourceAxis;
    private final boolean[] flipped;

    private Reorientation(int[] sourceAxis, boolean[] flipped) {
        this.sourceAxis = sourceAxis;
        this.flipped = flipped;
    }

    /** From arrays of one orientation to arrays of the other. */
    public static Reorientation between(Orientation from, Orientation to) {
        int[] sourceAxis = new int[3];
        boolean[] flipped = new boolean[3];
        for (int target = 0; target < 3; target++) {
            for (int source = 0; source < 3; source++) {
                if (from.patientAxis(source) == to.patientAxis(target)) {
                    sourceAxis[target] = source;
                    flipped[target] = from.grows(source) != to.grows(target);
                }
            }
        }
        return new Reorientation(sourceAxis, flipped);
    }

    public Reorientation inverse() {
        int[] inverseAxis = new int[3];
        boolean[] inverseFlipped = new boolean[3];
        for (int target = 0; target < 3; target++) {
            inverseAxis[sourceAxis[target]] = target;
            inverseFlipped[sourceAxis[target]] = flipped[target];
        }
        return new Reorientation(inverseAxis, inverseFlipped);
    }

    public boolean isIdentity() {
        return Arrays.equals(sourceAxis, new int[] {0, 1, 2}) && !flipped[0] && !flipped[1] && !flipped[2];
    }

    public Grid apply(Grid grid) {
        int[] lengths = new int[3];
        Position[] steps = new Position[3];
        Position origin = grid.origin();
        for (int target = 0; target < 3; target++) {
            int source = sourceAxis[target];
            lengths[target] = grid.shape().length(source);
            Position step = grid.step(source);
            if (flipped[target]) {
                origin = origin.plus(step.times(lengths[target] - 1.0));
                step = step.times(-1);
            }
            steps[target] = step;
        }
        return new Grid(Shape.of(lengths), origin, steps[0], steps[1], steps[2]);
    }

    public Volume apply(Volume volume) {
        if (isIdentity()) {
            return volume;
        }
        Grid grid = apply(volume.grid());
        List<float[]> channels = new ArrayList<>();
        for (float[] channel : volume.channels()) {
            float[] moved = new float[channel.length];
            move(volume.shape(), grid.shape(), (from, to) -> moved[to] = channel[from]);
            channels.add(moved);
        }
        return new Volume(grid, channels);
    }

    public LabelMap apply(LabelMap labelMap) {
        if (isIdentity()) {
            return labelMap;
        }
        Grid grid = apply(labelMap.grid());
        short[] labels = labelMap.labels();
        short[] moved = new short[labels.length];
        move(labelMap.shape(), grid.shape(), (from, to) -> moved[to] = labels[from]);
        return new LabelMap(grid, moved);
    }

    private interface Copy {
        void voxel(int from, int to);
    }

    private void move(Shape from, Shape to, Copy copy) {
        int[] strides = {from.rows() * from.columns(), from.columns(), 1};
        int start = 0;
        int[] stride = new int[3];
        for (int target = 0; target < 3; target++) {
            int source = sourceAxis[target];
            stride[target] = flipped[target] ? -strides[source] : strides[source];
            start += flipped[target] ? (from.length(source) - 1) * strides[source] : 0;
        }
        int index = 0;
        for (int slice = 0; slice < to.slices(); slice++) {
            for (int row = 0; row < to.rows(); row++) {
                int place = start + slice * stride[0] + row * stride[1];
                for (int column = 0; column < to.columns(); column++, place += stride[2]) {
                    copy.voxel(place, index++);
                }
            }
        }
    }
}
