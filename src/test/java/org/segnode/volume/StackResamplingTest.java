package org.segnode.volume;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StackResamplingTest {
    private static final Position ROW = new Position(0, 0.8, 0);
    private static final Position COLUMN = new Position(0.7, 0, 0);
    private static final Shape PLANES = new Shape(5, 6, 4);

    @Test
    void aMissingPlaneIsFilledLinearlyAndTheOthersStayAsTheyAre() {
        StackResampling way = upright(7, 0, 1, 2, 4, 6);
        float[] values = values(new Random(1));
        Shape regular = way.regular().shape();
        assertThat(regular).isEqualTo(new Shape(7, 6, 4));

        float[] filled = way.toRegular(values);

        int[] planeOfSlice = {0, 1, 2, -1, 3, -1, 4};
        for (int slice = 0; slice < 7; slice++) {
            for (int i = 0; i < 24; i++) {
                float expected = planeOfSlice[slice] >= 0
                        ? values[planeOfSlice[slice] * 24 + i]
                        : (values[(slice / 2 + 1) * 24 + i] + values[(slice / 2 + 2) * 24 + i]) / 2;
                assertThat(filled[slice * 24 + i]).isEqualTo(expected);
            }
        }
    }

    @Test
    void planesAtUnevenHeightsAreInterpolatedBetweenTheirNeighbours() {
        StackResampling way = upright(6, 0, 1, 2.5, 4, 5);
        float[] heights = new float[PLANES.voxels()];
        double[] at = {0, 1, 2.5, 4, 5};
        for (int i = 0; i < heights.length; i++) {
            heights[i] = (float) at[i / 24];
        }
        float[] regular = way.toRegular(heights);
        for (int i = 0; i < regular.length; i++) {
            assertThat(regular[i]).isEqualTo(i / 24);
        }
    }

    @Test
    void aShearedStackIsSetUprightAndWhatNoPlaneReachesIsTheSmallestValue() {
        List<Position> origins = new ArrayList<>();
        for (int k = 0; k < 5; k++) {
            origins.add(new Position(0, 0.8 * 1.5 * k, 2 * k));
        }
        StackResampling way = StackResampling.of(origins, PLANES, ROW, COLUMN, 5, 0.1);
        assertThat(way.regular().shape()).isEqualTo(new Shape(5, 12, 4));
        assertThat(way.regular().sliceStep()).isEqualTo(new Position(0, 0, 2));
        float[] depth = new float[PLANES.voxels()]; // each pixel's own y
        for (int i = 0; i < depth.length; i++) {
            depth[i] = (float) (0.8 * (1.5 * (i / 24) + i % 24 / 4));
        }
        float[] upright = way.toRegular(depth);
        Grid grid = way.regular();
        int reached = 0;
        for (int slice = 0; slice < 5; slice++) {
            for (int row = 0; row < 12; row++) {
                double y = grid.position(slice, row, 0).y();
                double first = 0.8 * 1.5 * slice;
                boolean inside = y >= first - 0.41 && y <= first + 0.8 * 5.5 + 0.01;
                double expected = inside ? Math.min(first + 4, Math.max(first, y)) : 0;
                assertThat(upright[grid.shape().index(slice, row, 2)]).isCloseTo((float) expected, offset());
                reached += inside ? 1 : 0;
            }
        }
        assertThat(reached).isBetween(30, 36);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void labelsComeBackFromWithinHalfAVoxel(long seed) {
        Random random = new Random(seed);
        List<Position> origins = new ArrayList<>();
        double height = 0;
        for (int k = 0; k < 5; k++) {
            origins.add(new Position(random.nextDouble(), 3 * random.nextDouble() + 0.4 * k, height));
            height += 0.5 + 3 * random.nextDouble();
        }
        StackResampling way = StackResampling.of(origins, PLANES, ROW, COLUMN, 4 + (int) seed, 0.01);
        Grid grid = way.regular();
        for (int axis = 0; axis < 3; axis++) { // each voxel is labelled with its own index along one axis
            short[] back = way.onPlanes(new LabelMap(grid, indices(grid.shape(), axis)));
            for (int i = 0; i < back.length; i++) {
                Position pixel = origins.get(i / 24).plus(ROW.times(i % 24 / 4)).plus(COLUMN.times(i % 4));
                double place = grid.steps(pixel.minus(grid.origin()))[axis];
                assertThat(Math.abs(back[i] - place)).isLessThanOrEqualTo(0.5 + 1e-9);
            }
        }
    }

    @Test
    void twoPlanesNearerThanTheToleranceDoNoHarm() {
        StackResampling way = upright(3, 0, 0.01, 1, 1.01, 2);
        float[] regular = way.toRegular(values(new Random(2)));
        for (float value : regular) {
            assertThat(value).isFinite();
        }
    }

    @Test
    void labelsOfAnotherGridAreRefused() {
        Grid other = Grid.axial(new Shape(6, 6, 4), new Spacing(1, 0.8, 0.7));
        assertThatThrownBy(() -> upright(7, 0, 1, 2, 4, 6).onPlanes(new LabelMap(other, new short[144])))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("the labels lie on");
    }

    private static StackResampling upright(int slices, double... heights) {
        List<Position> origins = new ArrayList<>();
        for (double height : heights) {
            origins.add(new Position(3, 2, height));
        }
        return StackResampling.of(origins, PLANES, ROW, COLUMN, slices, 0.05);
    }

    private static float[] values(Random random) {
        float[] values = new float[PLANES.voxels()];
        for (int i = 0; i < values.length; i++) {
            values[i] = random.nextInt(1000);
        }
        return values;
    }

    private static short[] indices(Shape shape, int axis) {
        short[] indices = new short[shape.voxels()];
        for (int i = 0; i < indices.length; i++) {
            int[] voxel = {i / (shape.rows() * shape.columns()), i / shape.columns() % shape.rows(), i % shape.columns()
            };
            indices[i] = (short) voxel[axis];
        }
        return indices;
    }

    private static org.assertj.core.data.Offset<Float> offset() {
        return org.assertj.core.api.Assertions.within(1e-4f);
    }
}
