package org.segnode.dicom;

import java.util.List;
import java.util.Optional;
import org.segnode.UnusableSeriesException;
import org.segnode.volume.Grid;
import org.segnode.volume.LabelMap;
import org.segnode.volume.Position;
import org.segnode.volume.Shape;
import org.segnode.volume.StackResampling;
import org.segnode.volume.Volume;

/**
 * The slices of a volume in the order of their place along the slice normal, and the grid that a network sees.
 *
 * @param slices at least 2, ascending along {@link Slice#normal()}
 * @param distance usual distance between neighbours along the normal, in mm
 * @param grid of the slices themselves, with the steps between their positions; or the regular one over them
 * @param resampling between slices and grid; empty where they are the same
 */
record SliceStack(List<Slice> slices, double distance, Grid grid, Optional<StackResampling> resampling) {
    /** The slices are the grid. */
    static SliceStack even(StackMeasures measures) throws UnusableSeriesException {
        Slice first = measures.slices().get(0);
        Grid grid =
                new Grid(shape(measures), first.position(), measures.meanStep(), first.rowStep(), first.columnStep());
        double distance = measures.meanStep().dot(first.normal());
        return new SliceStack(List.copyOf(measures.slices()), distance, grid, Optional.empty());
    }

    /** @param regularSlices of the grid, from the first to the last slice */
    static SliceStack resampled(StackMeasures measures, int regularSlices) throws UnusableSeriesException {
        Slice first = measures.slices().get(0);
        List<Position> origins = measures.slices().stream().map(Slice::position).toList();
        Shape shape = shape(measures);
        requireVoxels(regularSlices, mostPixels(measures));
        StackResampling resampling = StackResampling.of(
                origins, shape, first.rowStep(), first.columnStep(), regularSlices, measures.tolerance());
        long beside = 2L * Float.BYTES * shape.voxels(); // the slices themselves stay in memory too
        VolumePixels.requireMemory(
                resampling.regular().shape(), Runtime.getRuntime().maxMemory() - beside);
        return new SliceStack(
                List.copyOf(measures.slices()), measures.usual(), resampling.regular(), Optional.of(resampling));
    }

    /** @param values of the slices, ordered slice, row, column; those of an even stack are handed over, not copied */
    Volume volume(float[] values) {
        return new Volume(grid, resampling.map(way -> way.toRegular(values)).orElse(values));
    }

    /**
     * @param labels on {@link #grid}
     * @return labels of the slices, ordered slice, row, column; those of an even stack are handed over, not copied
     */
    short[] onSlices(LabelMap labels) {
        if (!labels.grid().equals(grid)) {
            throw new IllegalArgumentException("the label map lies on " + labels.grid() + ", the series on " + grid);
        }
        return resampling.map(way -> way.onPlanes(labels)).orElse(labels.labels());
    }

    private static Shape shape(StackMeasures measures) throws UnusableSeriesException {
        PixelLayout layout = measures.slices().get(0).layout();
        requireVoxels(measures.slices().size(), layout.pixels());
        return new Shape(measures.slices().size(), layout.rows(), layout.columns());
    }

    /** Of a regular slice: slices may lie beside each other by the lean of the stack, and by a quarter of their width. */
    private static long mostPixels(StackMeasures measures) {
        Slice first = measures.slices().get(0);
        double lean = measures.whole().length() * Math.sin(measures.tilt());
        double rows = 1.5 * first.layout().rows() + lean / first.rowSpacing();
        double columns = 1.5 * first.layout().columns() + lean / first.columnSpacing();
        return Math.round(rows * columns);
    }

    private static void requireVoxels(int slices, long pixels) throws UnusableSeriesException {
        if (pixels * slices > Integer.MAX_VALUE - 8) {
            throw new UnusableSeriesException(
                    "a volume has at most 2147483639 voxels, the series has " + slices + " slices of " + pixels);
        }
    }
}
