package org.segnode.dicom;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
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
        Sums[] sums = new Sums[result.meanings().size()];
        Arrays.setAll(sums, segment -> new Sums(shape.slices()));
        Extents extents = new Extents(result.source(), sums.length);
        short[] labels = result.labels().labels();
        for (int slice = 0; slice < shape.slices(); slice++) {
            for (int row = 0; row < shape.rows(); row++) {
                int start = shape.index(slice, row, 0);
                for (int i = start; i < start + shape.columns(); i++) {
                    if (labels[i] != 0) {
                        int segment = segmentOf[labels[i]] - 1;
                        sums[segment].add(slice, result.values()[i]);
                        extents.add(segment, slice, row, i - start);
                    }
                }
            }
        }
        double[] voxelVolume = voxelVolumes(result.source());
        return IntStream.range(0, sums.length)
                .mapToObj(segment -> sums[segment].figures(voxelVolume, extents.largestDiameter(segment)))
                .toList();
    }

    /** Of one segment. */
    private static final class Sums {
        private final long[] count;
        private long voxels;
        private double first; // differences from it lose no digits
        private double sum;
        private double squares;

        Sums(int slices) {
            this.count = new long[slices];
        }

        void add(int slice, float value) {
            if (voxels == 0) {
                first = value;
            }
            double difference = value - first;
            sum += difference;
            squares += difference * difference;
            voxels++;
            count[slice]++;
        }

        SegmentFigures figures(double[] voxelVolume, double diameter) {
            if (voxels == 0) {
                return new SegmentFigures(0, 0, Double.NaN, Double.NaN, Double.NaN);
            }
            double volume = 0;
            for (int slice = 0; slice < count.length; slice++) {
                volume += count[slice] * voxelVolume[slice];
            }
            double mean = sum / voxels;
            double variance = Math.max(0, squares / voxels - mean * mean);
            return new SegmentFigures(voxels, volume, first + mean, Math.sqrt(variance), diameter);
        }
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
