package org.segnode.dicom;

import java.util.List;
import org.aoju.bus.image.galaxy.data.Attributes;
import org.jspecify.annotations.Nullable;
import org.segnode.UnusableSeriesException;
import org.segnode.volume.Grid;
import org.segnode.volume.Position;
import org.segnode.volume.Shape;

/** Where the pixels of a frame lie on a grid, counted in voxels: {@code start + row * rowStep + column * columnStep}. */
final class FramePlace {
    /** A pixel belongs to the voxel whose centre it hits to a quarter of a voxel: slices lie on the grid to a fifth. */
    private static final double HIT = 0.25;

    private final Grid grid;
    private final int base;
    private final double[] start;
    private final double[] rowStep;
    private final double[] columnStep;

    private FramePlace(Grid grid, int base, double[] start, double[] rowStep, double[] columnStep) {
        this.grid = grid;
        this.base = base;
        this.start = start;
        this.rowStep = rowStep;
        this.columnStep = columnStep;
    }

    /** On the slice of a series that lies nearest; the index of a pixel is that of {@link SourceLabels}. */
    static FramePlace of(Attributes object, @Nullable Attributes frame, SourceSeries source)
            throws UnusableSeriesException {
        PixelPlane pixels = PixelPlane.of(object, frame);
        Position position = pixels.position();
        List<Slice> slices = source.slices();
        int nearest = 0;
        for (int k = 1; k < slices.size(); k++) {
            if (away(slices.get(k), position) < away(slices.get(nearest), position)) {
                nearest = k;
            }
        }
        Slice slice = slices.get(nearest);
        Shape plane = new Shape(1, slice.layout().rows(), slice.layout().columns());
        Position across = slice.normal().times(Math.min(slice.rowSpacing(), slice.columnSpacing()));
        Grid grid = new Grid(plane, slice.position(), across, slice.rowStep(), slice.columnStep());
        return of(pixels, grid, nearest * plane.voxels());
    }

    private static double away(Slice slice, Position position) {
        return Math.abs(slice.normal().dot(position.minus(slice.position())));
    }

    static FramePlace of(Attributes object, @Nullable Attributes frame, Grid grid) throws UnusableSeriesException {
        return of(PixelPlane.of(object, frame), grid, 0);
    }

    private static FramePlace of(PixelPlane plane, Grid grid, int base) {
        return new FramePlace(
                grid,
                base,
                grid.steps(plane.position().minus(grid.origin())),
                grid.steps(plane.rowStep()),
                grid.steps(plane.columnStep()));
    }

    /**
     * Pixels of a row that lie on voxels of a row, one after the other.
     *
     * @param columns how many pixels, at least 1
     * @return index of the first voxel, or -1 where the pixels lie in another way: then each is to be asked for
     */
    int row(int row, int column, int columns) {
        int first = index(row, column);
        int last = index(row, column + columns - 1);
        boolean along = first >= 0 && last - first == columns - 1;
        int width = grid.shape().columns();
        return along && (first - base) / width == (last - base) / width ? first : -1;
    }

    /** Index of the voxel that a pixel lies on, or -1. */
    int index(int row, int column) {
        int[] voxel = new int[3];
        for (int axis = 0; axis < 3; axis++) {
            double place = start[axis] + row * rowStep[axis] + column * columnStep[axis];
            voxel[axis] = (int) Math.rint(place);
            boolean inside = voxel[axis] >= 0 && voxel[axis] < grid.shape().length(axis);
            if (!inside || Math.abs(place - voxel[axis]) > HIT) {
                return -1;
            }
        }
        return base + grid.shape().index(voxel[0], voxel[1], voxel[2]);
    }
}
