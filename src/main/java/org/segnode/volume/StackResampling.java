package org.segnode.volume;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * Parallel planes that lie sheared or at uneven distances, and the upright regular grid that covers them all: values go to
 * the grid by linear interpolation, labels come back to the planes from the nearest voxel. A regular slice on which a plane
 * lies takes the plane as it is.
 *
 * <p>Nearest is enough for labels: along one axis the label with the greatest linear weight is the nearest one, and it makes
 * no label that was not there.
 */
public final class StackResampling {
    private final Grid regular;
    private final Shape planes;
    private final List<PlanePlace> places;

    private StackResampling(Grid regular, Shape planes, List<PlanePlace> places) {
        this.regular = regular;
        this.planes = planes;
        this.places = places;
    }

    /**
     * @param origins centre of the first pixel of each plane, ascending along columnStep x rowStep; at least two
     * @param planes number of planes, their rows and columns
     * @param rowStep of every plane
     * @param columnStep of every plane
     * @param slices of the regular grid, at least two: the first and the last lie in the first and the last plane
     * @param tolerance a plane this near to a regular slice lies on it, in mm
     */
    public static StackResampling of(
            List<Position> origins, Shape planes, Position rowStep, Position columnStep, int slices, double tolerance) {
        Position along = columnStep.cross(rowStep);
        Position normal = along.times(1 / along.length());
        Position first = origins.get(0);
        Position middle = origins.get(origins.size() / 2);
        double height = normal.dot(origins.get(origins.size() - 1).minus(first));
        double step = height / (slices - 1);
        Grid upright = new Grid(planes, middle, normal.times(step), rowStep, columnStep);
        List<PlanePlace> places = new ArrayList<>();
        for (Position origin : origins) {
            double[] steps = upright.steps(origin.minus(middle));
            double slice = normal.dot(origin.minus(first)) / step;
            places.add(new PlanePlace(slice, steps[1], steps[2]).snapped(tolerance / step));
        }
        return covering(upright.steps(first.minus(middle))[0], upright, slices, places);
    }

    private static StackResampling covering(double firstSlice, Grid upright, int slices, List<PlanePlace> places) {
        int top = (int) Math.floor(least(places, PlanePlace::row));
        int left = (int) Math.floor(least(places, PlanePlace::column));
        int rows = (int) Math.ceil(-least(places, p -> -p.row())) - top;
        int columns = (int) Math.ceil(-least(places, p -> -p.column())) - left;
        Shape shape =
                new Shape(slices, upright.shape().rows() + rows, upright.shape().columns() + columns);
        Grid regular = new Grid(
                shape,
                upright.position(firstSlice, top, left),
                upright.sliceStep(),
                upright.rowStep(),
                upright.columnStep());
        List<PlanePlace> onGrid =
                places.stream().map(place -> place.minus(0, top, left)).toList();
        return new StackResampling(regular, upright.shape(), onGrid);
    }

    private static double least(List<PlanePlace> places, ToDoubleFunction<PlanePlace> of) {
        return places.stream().mapToDouble(of).min().orElse(0);
    }

    /** The upright grid over all planes, with rows and columns added where planes are shifted. */
    public Grid regular() {
        return regular;
    }

    /**
     * @param values of all planes, ordered plane, row, column
     * @return values on {@link #regular}; where no plane reaches, the smallest of the given values: air, or nothing
     */
    public float[] toRegular(float[] values) {
        Shape shape = regular.shape();
        int area = shape.rows() * shape.columns();
        float[] result = new float[shape.voxels()];
        float outside = least(values);
        float[] below = new float[area];
        float[] above = new float[area];
        int plane = 1;
        for (int slice = 0; slice < shape.slices(); slice++) {
            while (plane < places.size() - 1 && places.get(plane).slice() < slice) {
                plane++;
            }
            double from = places.get(plane - 1).slice();
            double to = places.get(plane).slice();
            float weight = slice <= from ? 0 : (float) Math.min(1, (slice - from) / (to - from));
            sample(values, plane - 1, weight < 1, below);
            sample(values, plane, weight > 0, above);
            for (int i = 0; i < area; i++) {
                result[slice * area + i] = between(below[i], above[i], weight, outside);
            }
        }
        return result;
    }

    /**
     * @param labels on {@link #regular}
     * @return the label of each pixel of the planes, ordered plane, row, column
     */
    public short[] onPlanes(LabelMap labels) {
        if (!labels.grid().equals(regular)) {
            throw new IllegalArgumentException("the labels lie on " + labels.grid() + ", not on " + regular);
        }
        short[] found = new short[planes.voxels()];
        for (int plane = 0; plane < planes.slices(); plane++) {
            PlanePlace place = places.get(plane);
            int slice = (int) Math.rint(place.slice());
            int down = (int) Math.rint(place.row());
            int across = (int) Math.rint(place.column());
            for (int row = 0; row < planes.rows(); row++) {
                System.arraycopy(
                        labels.labels(),
                        regular.shape().index(slice, row + down, across),
                        found,
                        planes.index(plane, row, 0),
                        planes.columns());
            }
        }
        return found;
    }

    /** NaN stands for a place that a plane does not reach. */
    private static float between(float below, float above, float weight, float outside) {
        if (Float.isNaN(below)) {
            return Float.isNaN(above) ? outside : above;
        }
        return Float.isNaN(above) ? below : below + weight * (above - below);
    }

    private static float least(float[] values) {
        float least = Float.POSITIVE_INFINITY;
        for (float value : values) {
            least = Math.min(least, value);
        }
        return least;
    }

    /** A plane on the rows and columns of the regular grid; NaN where it does not reach, or is not wanted. */
    private void sample(float[] values, int plane, boolean wanted, float[] into) {
        Arrays.fill(into, Float.NaN);
        PlanePlace place = places.get(plane);
        if (wanted && place.isWhole()) {
            copy(values, plane, (int) place.row(), (int) place.column(), into);
        } else if (wanted) {
            interpolate(values, plane, place, into);
        }
    }

    private void copy(float[] values, int plane, int down, int across, float[] into) {
        int width = regular.shape().columns();
        for (int row = 0; row < planes.rows(); row++) {
            int from = planes.index(plane, row, 0);
            System.arraycopy(values, from, into, (row + down) * width + across, planes.columns());
        }
    }

    private void interpolate(float[] values, int plane, PlanePlace place, float[] into) {
        Neighbours rows = new Neighbours(regular.shape().rows(), place.row(), planes.rows());
        Neighbours columns = new Neighbours(regular.shape().columns(), place.column(), planes.columns());
        int start = planes.index(plane, 0, 0);
        for (int row = 0; row < rows.first.length; row++) {
            for (int column = 0; rows.first[row] >= 0 && column < columns.first.length; column++) {
                if (columns.first[column] >= 0) {
                    int upper = start + rows.first[row] * planes.columns();
                    int lower = start + rows.second[row] * planes.columns();
                    float top = columns.mean(values, upper, column);
                    float bottom = columns.mean(values, lower, column);
                    into[row * columns.first.length + column] = top + rows.weight[row] * (bottom - top);
                }
            }
        }
    }

    /** For each index along one axis of the grid the two of the plane beside it; -1 beyond half a pixel outside. */
    private static final class Neighbours {
        private final int[] first;
        private final int[] second;
        private final float[] weight;

        /** @param start where the plane begins on the axis, in steps of the grid */
        Neighbours(int length, double start, int planeLength) {
            first = new int[length];
            second = new int[length];
            weight = new float[length];
            for (int i = 0; i < length; i++) {
                double place = i - start;
                boolean inside = place >= -0.5 && place <= planeLength - 0.5;
                double clamped = Math.min(planeLength - 1.0, Math.max(0, place));
                first[i] = inside ? (int) clamped : -1;
                second[i] = Math.min(planeLength - 1, (int) clamped + 1);
                weight[i] = (float) (clamped - (int) clamped);
            }
        }

        float mean(float[] values, int start, int i) {
            float a = values[start + first[i]];
            return a + weight[i] * (values[start + second[i]] - a);
        }
    }
}
