package org.segnode.preprocess;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.segnode.volume.Shape;

/**
 * Resamples a volume to another shape with splines, axis by axis, as scikit-image's {@code resize} does in one go (mode
 * edge, no anti-aliasing, values clipped to the range of the input). Where slices are treated separately, each slice is
 * resized and clipped on its own, and then the slices are resampled along their axis.
 */
final class SplineResize {
    private static final int BLOCK = 32;

    private final Shape from;
    private final Shape to;
    private final int order;
    private final boolean separate;
    private final AxisKernel across;
    private final AxisKernel down;
    private final AxisKernel along;
    private final int[] inStrides;
    private final int[] outStrides;
    private final Queue<Plane> spare = new ConcurrentLinkedQueue<>();

    /**
     * @param order within the slices; everywhere if none are separate
     * @param separation which slices are treated separately, if any
     */
    SplineResize(Shape from, Shape to, int order, Separation separation) {
        this.separate = separation.isSeparate();
        int first = separate ? separation.axis() : 0;
        int second = first == 0 ? 1 : 0;
        int third = first == 2 ? 1 : 2;
        this.from = new Shape(from.length(first), from.length(second), from.length(third));
        this.to = new Shape(to.length(first), to.length(second), to.length(third));
        this.inStrides = strides(from, first, second, third);
        this.outStrides = strides(to, first, second, third);
        this.order = order;
        this.across = new AxisKernel(this.from.slices(), this.to.slices(), separate ? separation.orderAcross() : order);
        this.down = new AxisKernel(this.from.rows(), this.to.rows(), order);
        this.along = new AxisKernel(this.from.columns(), this.to.columns(), order);
    }

    private static int[] strides(Shape shape, int... axes) {
        int[] all = {shape.rows() * shape.columns(), shape.columns(), 1};
        return new int[] {all[axes[0]], all[axes[1]], all[axes[2]]};
    }

    /** @param out voxels of the new shape */
    void run(Voxels in, Voxels out) {
        double[] range = order > 1 && !separate ? range(in) : new double[0];
        if (across.isSelection()) {
            select(in, out, range);
        } else if (across.taps() == 2) {
            mixNeighbours(in, out, range);
        } else {
            throughAllSlices(in, out, range);
        }
    }

    /** Each new slice is one of the old ones. */
    private void select(Voxels in, Voxels out, double[] range) {
        Parallel.pieces(to.slices(), (start, end) -> {
            Plane plane = borrow();
            for (int slice = start; slice < end; slice++) {
                if (across.first(slice) != plane.slice) {
                    plane.resize(in, across.first(slice));
                    clip(plane.result, range);
                }
                for (int row = 0; row < to.rows(); row++) {
                    store(plane.result[row], out, slice, row);
                }
            }
            spare.add(plane);
        });
    }

    /** Each new slice is a mixture of two neighbours. */
    private void mixNeighbours(Voxels in, Voxels out, double[] range) {
        Parallel.pieces(to.slices(), (start, end) -> {
            Plane low = borrow();
            Plane high = borrow();
            double[] mixed = new double[to.columns()];
            for (int slice = start; slice < end; slice++) {
                int first = across.first(slice);
                if (high.slice == first) {
                    Plane swapped = low;
                    low = high;
                    high = swapped;
                }
                low.resizeUnlessDone(in, first);
                high.resizeUnlessDone(in, Math.min(first + 1, from.slices() - 1));
                for (int row = 0; row < to.rows(); row++) {
                    mix(low.result[row], high.result[row], slice, mixed);
                    clip(mixed, range);
                    store(mixed, out, slice, row);
                }
            }
            spare.add(low);
            spare.add(high);
        });
    }

    /** Working memory of an earlier piece, or a new one. */
    private Plane borrow() {
        Plane plane = spare.poll();
        if (plane == null) {
            return new Plane();
        }
        plane.slice = -1;
        return plane;
    }

    private void mix(double[] low, double[] high, int slice, double[] mixed) {
        double a = across.weight(slice, 0);
        double b = across.weight(slice, 1);
        for (int i = 0; i < mixed.length; i++) {
            mixed[i] = a * low[i] + b * high[i];
        }
    }

    /** A cubic filter needs all slices at once, in double precision: rounded to single, the result would be too. */
    private void throughAllSlices(Voxels in, Voxels out, double[] range) {
        double[][][] planes = new double[from.slices()][to.rows()][];
        Parallel.pieces(from.slices(), (start, end) -> {
            Plane plane = borrow();
            for (int slice = start; slice < end; slice++) {
                plane.resize(in, slice);
                for (int row = 0; row < to.rows(); row++) {
                    planes[slice][row] = plane.result[row].clone();
                }
            }
            spare.add(plane);
        });
        Parallel.pieces(to.rows(), (start, end) -> {
            double[][] column = new double[from.slices()][];
            double[][] result = new double[to.slices()][to.columns()];
            double[][] scratch = new double[across.scratchRows()][to.columns()];
            for (int row = start; row < end; row++) {
                for (int slice = 0; slice < from.slices(); slice++) {
                    column[slice] = planes[slice][row];
                }
                across.apply(column, result, to.columns(), scratch);
                clip(result, range);
                for (int slice = 0; slice < to.slices(); slice++) {
                    store(result[slice], out, slice, row);
                }
            }
        });
    }

    private void store(double[] line, Voxels out, int slice, int row) {
        out.store(line, slice * outStrides[0] + row * outStrides[1], outStrides[2], to.columns());
    }

    /** @param range smallest and largest value; nothing is clipped if it is empty */
    private static void clip(double[][] rows, double[] range) {
        for (double[] row : rows) {
            clip(row, range);
        }
    }

    private static void clip(double[] row, double[] range) {
        if (range.length == 0) {
            return;
        }
        double smallest = range[0];
        double largest = range[1];
        for (int i = 0; i < row.length; i++) {
            row[i] = Math.min(Math.max(row[i], smallest), largest);
        }
    }

    private double[] range(Voxels in) {
        double[] smallest = new double[from.slices()];
        double[] largest = new double[from.slices()];
        Parallel.pieces(from.slices(), (start, end) -> {
            Plane plane = borrow();
            for (int slice = start; slice < end; slice++) {
                plane.load(in, slice);
                double[] range = plane.range();
                smallest[slice] = range[0];
                largest[slice] = range[1];
            }
            spare.add(plane);
        });
        double[] range = {smallest[0], largest[0]};
        for (int slice = 1; slice < from.slices(); slice++) {
            range[0] = Math.min(range[0], smallest[slice]);
            range[1] = Math.max(range[1], largest[slice]);
        }
        return range;
    }

    /** One slice, resized in its two axes. */
    private final class Plane {
        private final double[][] source = new double[from.rows()][from.columns()];
        private final double[][] widened = along.isIdentity() ? source : new double[from.rows()][to.columns()];
        private final double[][] lines = new double[along.scratchRows() > 0 ? from.columns() : 0][BLOCK];
        private final double[][] newLines = new double[along.scratchRows() > 0 ? to.columns() : 0][BLOCK];
        private final double[][] lineScratch = new double[along.scratchRows()][BLOCK];
        private final double[][] scratch = new double[down.scratchRows()][to.columns()];
        private final double[][] result = new double[to.rows()][to.columns()];
        private int slice = -1;

        void resizeUnlessDone(Voxels in, int wanted) {
            if (slice != wanted) {
                resize(in, wanted);
            }
        }

        void resize(Voxels in, int wanted) {
            slice = wanted;
            load(in, wanted);
            if (along.scratchRows() > 0) {
                resizeLinesTogether();
            } else if (!along.isIdentity()) {
                along.applyLines(source, widened);
            }
            down.apply(widened, result, to.columns(), scratch);
            if (separate && order > 1) {
                clip(result, range());
            }
        }

        void load(Voxels in, int wanted) {
            for (int row = 0; row < from.rows(); row++) {
                int start = wanted * inStrides[0] + row * inStrides[1];
                in.load(start, inStrides[2], source[row], from.columns());
            }
        }

        double[] range() {
            double smallest = source[0][0];
            double largest = source[0][0];
            for (double[] row : source) {
                for (double value : row) { // comparing is several times faster than Math.min and Math.max here
                    if (value < smallest) {
                        smallest = value;
                    } else if (value > largest) {
                        largest = value;
                    }
                }
            }
            return new double[] {smallest, largest};
        }

        /** Several lines side by side, so that the filter runs over many numbers at once. */
        private void resizeLinesTogether() {
            for (int row = 0; row < from.rows(); row += BLOCK) {
                int width = Math.min(BLOCK, from.rows() - row);
                Turn.toColumns(source, row, width, lines);
                along.apply(lines, newLines, width, lineScratch);
                Turn.toRows(newLines, widened, row, width);
            }
        }
    }
}
