package org.segnode.volume.io;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.segnode.volume.Grid;
import org.segnode.volume.Orientation;
import org.segnode.volume.Position;
import org.segnode.volume.Reorientation;
import org.segnode.volume.Shape;
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
        properties.put("nibabel_stuff", Map.of("original_affine", affine(grid)));
        properties.put("spacing", List.of(spacing.slice(), spacing.row(), spacing.column()));
        return properties;
    }

    /**
     * The same for a reader that reorders axes.
     *
     * @param read grid of the volume as the reader gave it
     * @param stored grid of the file
     */
    public static Map<String, Object> of(Grid read, Grid stored) {
        Map<String, Object> properties = of(read);
        Map<Object, Object> nibabel = new LinkedHashMap<>(); // Map.of has another order in each process
        nibabel.put("original_affine", affine(stored));
        nibabel.put("reoriented_affine", affine(read));
        properties.put("nibabel_stuff", nibabel);
        if (properties.get("sitk_stuff") instanceof Map<?, ?> sitk) {
            Map<Object, Object> more = new LinkedHashMap<>(sitk);
            more.put("original_orientation", Orientation.of(stored).letters());
            properties.put("sitk_stuff", more);
        }
        return properties;
    }

    /**
     * The grid on which probabilities lie beside which properties were noted.
     *
     * @param properties as any of nnU-Net's readers notes them
     * @param shape of the volume as the reader gave it
     * @throws UnusableImageException if they tell no grid
     */
    public static Grid grid(@Nullable Object properties, Shape shape) throws UnusableImageException {
        return grid(properties, shape, "reoriented_affine");
    }

    /** The grid of the file itself, which is another one where the reader reorders axes. */
    public static Grid stored(@Nullable Object properties, Shape shape) throws UnusableImageException {
        Grid read = grid(properties, shape);
        Orientation original = Orientation.of(grid(properties, shape, "original_affine"));
        if (properties instanceof Map<?, ?> map
                && map.get("sitk_stuff") instanceof Map<?, ?> sitk
                && sitk.get("original_orientation") instanceof String letters) {
            original = new Orientation(letters);
        }
        return Reorientation.between(Orientation.of(read), original).apply(read);
    }

    private static Grid grid(@Nullable Object properties, Shape shape, String affine) throws UnusableImageException {
        try {
            if (properties instanceof Map<?, ?> map && map.get("sitk_stuff") instanceof Map<?, ?> sitk) {
                return ofSitk(sitk, shape);
            }
            if (properties instanceof Map<?, ?> map && map.get("nibabel_stuff") instanceof Map<?, ?> nibabel) {
                Object numbers = nibabel.get(affine);
                return ofAffine(numbers(numbers == null ? nibabel.get("original_affine") : numbers), shape);
            }
            if (properties instanceof Map<?, ?> map) {
                double[] spacing = numbers(map.get("spacing"));
                return Grid.axial(shape, new Spacing(spacing[0], spacing[1], spacing[2]));
            }
        } catch (IllegalArgumentException | IndexOutOfBoundsException absurd) {
            throw new UnusableImageException("the properties of the case tell no grid: " + absurd.getMessage());
        }
        throw new UnusableImageException("the properties of the case tell no grid");
    }

    private static Grid ofSitk(Map<?, ?> sitk, Shape shape) {
        double[] spacing = numbers(sitk.get("spacing"));
        double[] origin = numbers(sitk.get("origin"));
        double[] direction = numbers(sitk.get("direction"));
        if (spacing.length == 2) {
            double slice =
                    ImageFile.flatGrid(1, 1, spacing[1], spacing[0]).spacing().slice();
            return ImageFile.grid(
                    shape,
                    new Position(origin[0], origin[1], 0),
                    new Position[] {
                        new Position(direction[0], direction[2], 0),
                        new Position(direction[1], direction[3], 0),
                        new Position(0, 0, 1)
                    },
                    new double[] {spacing[0], spacing[1], slice});
        }
        Position[] directions = new Position[3];
        for (int axis = 0; axis < 3; axis++) {
            directions[axis] = new Position(direction[axis], direction[3 + axis], direction[6 + axis]);
        }
        return ImageFile.grid(shape, new Position(origin[0], origin[1], origin[2]), directions, spacing);
    }

    /** The way back of {@link #affine}. */
    private static Grid ofAffine(double[] affine, Shape shape) {
        Position[] columns = new Position[4];
        for (int column = 0; column < 4; column++) {
            columns[column] = new Position(-affine[column], -affine[4 + column], affine[8 + column]);
        }
        return new Grid(shape, columns[3], columns[2], columns[1], columns[0]);
    }

    private static double[] numbers(@Nullable Object value) {
        if (value instanceof PickleArray array) {
            return array.toDoubles();
        }
        List<?> items =
                value instanceof PickleTuple tuple ? tuple.items() : value instanceof List<?> list ? list : List.of();
        return items.stream()
                .mapToDouble(item -> item instanceof Number number ? number.doubleValue() : Double.NaN)
                .toArray();
    }

    /** From the voxel indices i, j, k to mm to the right, front and head. */
    private static PickleArray affine(Grid grid) {
        Position[] steps = {grid.columnStep(), grid.rowStep(), grid.sliceStep()};
        double[] origin = {grid.origin().x(), grid.origin().y(), grid.origin().z()};
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
