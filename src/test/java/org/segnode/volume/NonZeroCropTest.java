package org.segnode.volume;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class NonZeroCropTest {
    private static final Shape SHAPE = new Shape(5, 6, 7);

    @Test
    void fillsAHoleThatIsClosedOnAllSides() {
        NonZeroCrop crop = NonZeroCrop.of(SHAPE, List.of(blockWithout(2, 2, 3)));
        assertThat(crop.box()).isEqualTo(new Box(1, 4, 1, 5, 1, 6));
        assertThat(crop.inside().cardinality()).isEqualTo(3 * 4 * 5);
    }

    @Test
    void leavesAHoleOpenThatReachesOutside() {
        NonZeroCrop crop = NonZeroCrop.of(SHAPE, List.of(blockWithout(1, 2, 3)));
        assertThat(crop.inside().cardinality()).isEqualTo(3 * 4 * 5 - 1);
    }

    @Test
    void doesNotLeaveThroughCorners() {
        float[] voxels = blockWithout(2, 2, 2);
        voxels[SHAPE.index(1, 1, 1)] = 0;
        assertThat(NonZeroCrop.of(SHAPE, List.of(voxels)).inside().cardinality())
                .isEqualTo(3 * 4 * 5 - 1);
    }

    @Test
    void fillsNothingInASingleSlice() {
        Shape slice = new Shape(1, 3, 3);
        float[] ring = {1, 1, 1, 1, 0, 1, 1, 1, 1};
        assertThat(NonZeroCrop.of(slice, List.of(ring)).inside().cardinality()).isEqualTo(8);
    }

    @Test
    void takesWhatIsNotZeroInAnyChannel() {
        float[] first = new float[SHAPE.voxels()];
        float[] second = new float[SHAPE.voxels()];
        first[SHAPE.index(1, 2, 3)] = -1;
        second[SHAPE.index(3, 2, 5)] = Float.NaN;
        NonZeroCrop crop = NonZeroCrop.of(SHAPE, List.of(first, second));
        assertThat(crop.box()).isEqualTo(new Box(1, 4, 2, 3, 3, 6));
        assertThat(crop.inside().cardinality()).isEqualTo(2);
    }

    @Test
    void keepsAnEmptyImageWhole() {
        NonZeroCrop crop = NonZeroCrop.of(SHAPE, List.of(new float[SHAPE.voxels()]));
        assertThat(crop.box()).isEqualTo(Box.whole(SHAPE));
        assertThat(crop.inside().cardinality()).isZero();
    }

    @Test
    void marksBackgroundOutside() {
        float[] voxels = new float[SHAPE.voxels()];
        short[] labels = new short[SHAPE.voxels()];
        voxels[SHAPE.index(1, 1, 1)] = 5;
        voxels[SHAPE.index(1, 1, 4)] = 5;
        labels[SHAPE.index(1, 1, 3)] = 2;
        short[] cut = NonZeroCrop.of(SHAPE, List.of(voxels)).cutLabels(labels, SHAPE);
        assertThat(cut).containsExactly(0, -1, 2, 0);
        assertThat(labels[SHAPE.index(1, 1, 2)]).isZero();
    }

    @Test
    void fillsRandomMasksLikeAFloodOfSingleVoxels() {
        Random random = new Random(7);
        for (int round = 0; round < 200; round++) {
            float[] voxels = new float[SHAPE.voxels()];
            for (int i = 0; i < voxels.length; i++) {
                voxels[i] = random.nextInt(10) < 6 ? 1 : 0;
            }
            voxels[0] = 1;
            voxels[voxels.length - 1] = 1;
            NonZeroCrop crop = NonZeroCrop.of(SHAPE, List.of(voxels));
            boolean[] outside = flood(voxels);
            for (int i = 0; i < voxels.length; i++) {
                assertThat(crop.inside().get(i)).isEqualTo(!outside[i]);
            }
        }
    }

    @Test
    void pastesWhatItCut() {
        Box box = new Box(1, 3, 0, 6, 2, 4);
        float[] voxels = blockWithout(2, 2, 3);
        float[] pasted = box.paste(box.cut(voxels, SHAPE), SHAPE, 0);
        assertThat(box.cut(pasted, SHAPE)).isEqualTo(box.cut(voxels, SHAPE));
        assertThat(pasted[SHAPE.index(3, 1, 3)]).isZero();
        assertThatThrownBy(() -> new Box(0, 6, 0, 1, 0, 1).cut(voxels, SHAPE)).hasMessageContaining("reaches beyond");
    }

    /** Ones everywhere but in the outermost layer and in one voxel. */
    private static float[] blockWithout(int slice, int row, int column) {
        float[] voxels = new float[SHAPE.voxels()];
        for (int a = 1; a < 4; a++) {
            for (int b = 1; b < 5; b++) {
                for (int c = 1; c < 6; c++) {
                    voxels[SHAPE.index(a, b, c)] = 1;
                }
            }
        }
        voxels[SHAPE.index(slice, row, column)] = 0;
        return voxels;
    }

    private static boolean[] flood(float[] voxels) {
        boolean[] outside = new boolean[voxels.length];
        boolean changed = true;
        while (changed) {
            changed = false;
            for (int i = 0; i < voxels.length; i++) {
                if (voxels[i] == 0 && !outside[i] && isOpen(i, outside)) {
                    outside[i] = true;
                    changed = true;
                }
            }
        }
        return outside;
    }

    private static boolean isOpen(int voxel, boolean[] outside) {
        int[] at = {
            voxel / SHAPE.columns() / SHAPE.rows(), voxel / SHAPE.columns() % SHAPE.rows(), voxel % SHAPE.columns()
        };
        int[] step = {SHAPE.columns() * SHAPE.rows(), SHAPE.columns(), 1};
        for (int axis = 0; axis < 3; axis++) {
            if (at[axis] == 0 || at[axis] == SHAPE.length(axis) - 1) {
                return true;
            }
            if (outside[voxel - step[axis]] || outside[voxel + step[axis]]) {
                return true;
            }
        }
        return false;
    }
}
