package org.segnode.volume.io;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.segnode.volume.Grid;
import org.segnode.volume.Position;
import org.segnode.volume.Spacing;

/** The grid of a file as nnU-Net's readers note it in the properties of a case. */
public final class GridProperties {
    private GridProperties() {}

    /** {@code sitk_stuff}, {@code nibabel_stuff} and {@code spacing}, so that either reader can write a result. */
    public static Map<String, Object> of(Grid grid) {
        boolean flat = ImageFile.isFlat(grid);
        Spacing spacing = grid.spacing();
        Position[] steps = {grid.columnStep(), grid.rowStep(), grid.sliceStep()};
        double[] distances = {spacing.column(), spacing.row(), spacing.slice()};
        double[] origin = {grid.origin().x(), grid.origin().y(), grid.origin().z()};
        int axes = flat ? 2 : 3;
        double[] direction = new double[axes * axes];
        for (int column = 0; column < axes; column++) {
            double length = steps[column].length();
            double[] step = {steps[column].x(), steps[column].y(), steps[column].z()};
            for (int row = 0; row < axes; row++) {
                direction[row * axes + column] = step[row] / length;
            }
        }
        Map<String, Object> sitk = new LinkedHashMap<>();
        sitk.put("spacing", tuple(Arrays.copyOf(distances, axes)));
        sitk.put("origin", tuple(Arrays.copyOf(origin, axes)));
        sitk.put("direction", tuple(direction));
        Map<String, Object> properties = new LinkedHashMap<>();
        properties.put("sitk_stuff", sitk);
        properties.put("nibabel_stuff", Map.of("original_affine", affine(steps, origin)));
        properties.put("spacing", List.of(spacing.slice(), spacing.row(), spacing.column()));
        return properties;
    }

    /** From the voxel indices i, j, k to mm to the right, front and head. */
    private static PickleArray affine(Position[] steps, double[] origin) {
        return PickleArray.ofDoubles(
                new int[] {4, 4},
                -steps[0].x(),
                -steps[1].x(),
                -steps[2].x(),
                -origin[0],
                -steps[0].y(),
                -steps[1].y(),
                -steps[2].y(),
                -origin[1],
                steps[0].z(),
                steps[1].z(),
                steps[2].z(),
                origin[2],
                0,
                0,
                0,
                1);
    }

    private static PickleTuple tuple(double[] numbers) {
        List<Object> items = new ArrayList<>();
        for (double number : numbers) {
            items.add(number);
        }
        return new PickleTuple(new ArrayList<>(items));
    }
}
