package org.segnode.dicom;

import java.util.ArrayList;
import java.util.List;
import org.segnode.volume.Position;
import org.segnode.volume.Shape;

/**
 * What is measured of a segment.
 *
 * @param voxels how many
 * @param cubicMillimetres each voxel reaches half way to the neighbouring slices
 * @param mean of the modality values; NaN without voxels
 * @param deviation standard deviation of the values of all voxels; NaN without voxels
 * @param largestDiameter between the centres of the two voxels that lie farthest apart, in mm; NaN without voxels
 */
public record SegmentFigures(
        long voxels, double cubicMillimetres, double mean, double deviation, double largestDiameter) {

    /** Of each segment, in their order. */
    public static List<SegmentFigures> of(SegmentedSeries result) {
        Shape shape = result.source().shape();
        int[] segmentOf = result.segmentOfLabel();
        int segments = result.meanings().size();
        double[] sum = new double[segments];
        double[] squares = new double[segments];
        long[][] count = new long[segments][shape.slices()];
        Extents extents = new Extents(result.source(), segments);
        short[] labels = result.labels().labels();
        double[] shift = new double[segments]; // the first value: differences from it lose no digits
        for (int slice = 0; slice < shape.slices(); slice++) {
            for (int row = 0; row < shape.rows(); row++) {
                int start = shape.index(slice, row, 0);
                for (int i = start; i < start + shape.columns(); i++) {
                    if (labels[i] != 0) {
                        int segment = segmentOf[labels[i]] - 1;
                        if (extents.isFirst(segment)) {
                            shift[segment] = result.values()[i];
                        }
                        double value = result.values()[i] - shift[segment];
                        sum[segment] += value;
                        squares[segment] += value * value;
                        count[segment][slice]++;
                        extents.add(segment, slice, row, i - start);
                    }
                }
            }
        }
        double[] voxelVolume = voxelVolumes(result.source());
        List<SegmentFigures> figures = new ArrayList<>();
        for (int s = 0; s < segments; s++) {
            figures.add(of(count[s], voxelVolume, shift[s], sum[s], squares[s], extents.largestDiameter(s)));
        }
        return figures;
    }

    private static SegmentFigures of(
            long[] count, double[] voxelVolume, double shift, double sum, double squares, double diameter) {
        long voxels = 0;
        double volume = 0;
        for (int slice = 0; slice < count.length; slice++) {
            voxels += count[slice];
            volume += count[slice] * voxelVolume[slice];
        }
        double mean = sum / voxels;
        double variance = Math.max(0, squares / voxels - mean * mean);
        return voxels == 0
                ? new SegmentFigures(0, 0, Double.NaN, Double.NaN, Double.NaN)
                : new SegmentFigures(voxels, volume, shift + mean, Math.sqrt(variance), diameter);
    }

    /** Of one voxel in each slice, in mm³: the outermost slices reach as far outwards as inwards. */
    private static double[] voxelVolumes(SourceSeries source) {
        List<Slice> slices = source.slices();
        Position normal = slices.get(0).normal();
        double[] along = slices.stream()
                .mapToDouble(slice -> normal.dot(slice.position()))
                .toArray();
        double[] volumes = new double[along.length];
        for (int k = 0; k < along.length; k++) {
            double before = k > 0 ? along[k] - along[k - 1] : along[1] - along[0];
            double after = k + 1 < along.length ? along[k + 1] - along[k] : before;
            Slice slice = slices.get(k);
            volumes[k] = slice.rowSpacing() * slice.columnSpacing() * (before + after) / 2;
        }
        return volumes;
    }

    public double millilitres() {
        return cubicMillimetres / 1000;
    }
}
