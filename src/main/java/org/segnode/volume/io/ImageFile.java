package org.segnode.volume.io;

import java.util.List;
import org.segnode.volume.Grid;
import org.segnode.volume.Position;
import org.segnode.volume.Shape;
import org.segnode.volume.Spacing;
import org.segnode.volume.Volume;

/** What the readers have in common: how a file of two, three or four dimensions becomes a volume. */
final class ImageFile {
    /** nnU-Net's distance between the slices of a flat image, in units of the larger distance within the slice. */
    private static final double FLAT = 999;

    private ImageFile() {}

    /** Grid of a single picture: one slice, 999 times as far from the next as its pixels are apart. */
    static Grid flatGrid(int rows, int columns, double rowSpacing, double columnSpacing) {
        double slice = FLAT * Math.max(rowSpacing, columnSpacing);
        return Grid.axial(new Shape(1, rows, columns), new Spacing(slice, rowSpacing, columnSpacing));
    }

    /** Whether the grid is that of a flat image. */
    static boolean isFlat(Grid grid) {
        Spacing spacing = grid.spacing();
        return grid.shape().slices() == 1 && spacing.slice() == FLAT * Math.max(spacing.row(), spacing.column());
    }

    /**
     * A grid whose steps have exactly the given lengths.
     *
     * @param directions of i, j, k (column, row, slice) in the patient, x left, y back, z head; any length but 0
     * @param spacing of i, j, k in mm
     */
    static Grid grid(Shape shape, Position origin, Position[] directions, double[] spacing) {
        Position[] steps = new Position[3];
        for (int axis = 0; axis < 3; axis++) {
            steps[axis] = directions[axis].times(spacing[axis] / directions[axis].length());
        }
        return new Grid(shape, origin, steps[2], steps[1], steps[0]);
    }

    /** Whether the directions are perpendicular, as ITK demands. */
    static boolean areOrthogonal(Position... directions) {
        for (int first = 0; first < 3; first++) {
            for (int second = 0; second < first; second++) {
                double scale = directions[first].length() * directions[second].length();
                if (!(Math.abs(directions[first].dot(directions[second])) <= 1.0e-4 * scale) || scale == 0) {
                    return false;
                }
            }
        }
        return true;
    }

    /** Volume of the files' channels in turn, on the grid of the first. */
    static Volume joined(Grid grid, List<Volume> volumes) {
        return new Volume(
                grid, volumes.stream().flatMap(each -> each.channels().stream()).toList());
    }
}
