package org.segnode.dicom;

import java.util.ArrayList;
import java.util.List;
import org.segnode.UnusableSeriesException;
import org.segnode.volume.Grid;
import org.segnode.volume.LinearSampling;
import org.segnode.volume.Position;
import org.segnode.volume.Shape;
import org.segnode.volume.Volume;

/**
 * A series that is one channel of a volume of several.
 *
 * @param channel its name
 */
public record ChannelSeries(String channel, DicomSeries series) {
    /** Two grids are one if no corner lies further apart than this part of the smallest voxel edge. */
    private static final double SAME_GRID = 0.1;

    /**
     * One volume of several series, on the grid of the first. The result lies on the slices of the first and refers to all.
     *
     * @param channels at least one
     * @param resample whether a series on another grid is interpolated (trilinear) onto that of the first
     * @throws UnusableSeriesException if they have not the same Frame of Reference UID, or lie on different grids and are not
     *     to be resampled
     */
    public static DicomSeries join(List<ChannelSeries> channels, boolean resample) throws UnusableSeriesException {
        ChannelSeries first = channels.get(0);
        List<float[]> values = new ArrayList<>();
        List<SourceSeries> further = new ArrayList<>();
        for (ChannelSeries one : channels) {
            values.add(one.onGridOf(first, resample));
            if (one != first) {
                further.add(one.series.source());
            }
        }
        DicomSeries main = first.series;
        return new DicomSeries(
                new Volume(main.volume().grid(), values),
                main.sourceValues(),
                main.source().with(further),
                main.verdict());
    }

    private float[] onGridOf(ChannelSeries first, boolean resample) throws UnusableSeriesException {
        float[] own = series.volume().channels().get(0);
        Grid grid = series.volume().grid();
        Grid target = first.series.volume().grid();
        if (this == first) {
            return own;
        }
        requireSameFrame(first);
        if (same(grid, target)) {
            return own;
        }
        if (!resample) {
            throw new UnusableSeriesException("channel " + channel + " lies on another grid than channel "
                    + first.channel + " (" + words(grid) + "; " + words(target)
                    + "), and the rule does not say resample");
        }
        float least = Float.POSITIVE_INFINITY;
        for (float value : own) {
            least = Math.min(least, value);
        }
        return LinearSampling.sample(own, grid, target, least);
    }

    private void requireSameFrame(ChannelSeries first) throws UnusableSeriesException {
        String frame = series.source().frameOfReferenceUid();
        if (frame.isEmpty() || !frame.equals(first.series.source().frameOfReferenceUid())) {
            throw new UnusableSeriesException("channel " + channel + " has not the Frame of Reference UID of channel "
                    + first.channel + ": where one lies in the other is not known");
        }
    }

    private static boolean same(Grid a, Grid b) {
        if (!a.shape().equals(b.shape())) {
            return false;
        }
        double edge = Math.min(
                a.spacing().slice(), Math.min(a.spacing().row(), a.spacing().column()));
        Shape shape = a.shape();
        for (int corner = 0; corner < 8; corner++) {
            int slice = (corner & 1) * (shape.slices() - 1);
            int row = (corner >> 1 & 1) * (shape.rows() - 1);
            int column = (corner >> 2 & 1) * (shape.columns() - 1);
            Position apart = a.position(slice, row, column).minus(b.position(slice, row, column));
            if (apart.length() > SAME_GRID * edge) {
                return false;
            }
        }
        return true;
    }

    private static String words(Grid grid) {
        return grid.shape() + " voxels of " + Words.number(grid.spacing().slice()) + " x "
                + Words.number(grid.spacing().row()) + " x "
                + Words.mm(grid.spacing().column()) + " from "
                + Words.position(grid.origin());
    }
}
