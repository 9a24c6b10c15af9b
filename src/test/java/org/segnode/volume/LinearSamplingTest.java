package org.segnode.volume;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LinearSamplingTest {
    private static final Grid COARSE = Grid.axial(new Shape(3, 4, 5), new Spacing(2, 3, 4));

    /** Linear in the patient: 1 + 2x - 3y + 5z. */
    private static float[] ramp(Grid grid) {
        float[] values = new float[grid.shape().voxels()];
        for (int s = 0; s < grid.shape().slices(); s++) {
            for (int r = 0; r < grid.shape().rows(); r++) {
                for (int c = 0; c < grid.shape().columns(); c++) {
                    Position p = grid.position(s, r, c);
                    values[grid.shape().index(s, r, c)] = (float) (1 + 2 * p.x() - 3 * p.y() + 5 * p.z());
                }
            }
        }
        return values;
    }

    @Test
    void whatIsLinearStaysWhatItIsAlsoOnATurnedGrid() {
        Grid onto = new Grid(
                new Shape(2, 3, 4),
                new Position(10, 1, 0.5),
                new Position(-2, 0, 0),
                new Position(0.2, 0.1, 1),
                new Position(0, 1.5, 0.3));
        float[] sampled = LinearSampling.sample(ramp(COARSE), COARSE, onto, -1);
        float[] expected = ramp(onto);
        for (int i = 0; i < expected.length; i++) {
            assertThat(sampled[i]).isCloseTo(expected[i], org.assertj.core.data.Offset.offset(1e-4f));
        }
    }

    @Test
    void theSameGridGivesTheSameValues() {
        assertThat(LinearSampling.sample(ramp(COARSE), COARSE, COARSE, 0)).containsExactly(ramp(COARSE));
    }

    @Test
    void outsideByMoreThanHalfAVoxelIsTheGivenValue() {
        Grid onto = new Grid(
                new Shape(1, 1, 5),
                new Position(-4, 0, 0),
                COARSE.sliceStep(),
                COARSE.rowStep(),
                new Position(1, 0, 0));
        assertThat(LinearSampling.sample(ramp(COARSE), COARSE, onto, -7)).containsExactly(-7, -7, 1, 1, 1);
    }

    @Test
    void oneSliceIsEnough() {
        Grid one = Grid.axial(new Shape(1, 2, 2), new Spacing(2, 3, 4));
        assertThat(LinearSampling.sample(ramp(one), one, one, 0)).containsExactly(ramp(one));
    }
}
