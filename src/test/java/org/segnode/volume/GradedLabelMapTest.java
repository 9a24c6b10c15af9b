package org.segnode.volume;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.segnode.UnusableSeriesException;

class GradedLabelMapTest {
    private static final Grid GRID = Grid.axial(new Shape(1, 1, 3), new Spacing(3, 2, 1));

    private static GradedLabelMap graded(byte... level) {
        return new GradedLabelMap(new LabelMap(GRID, new short[] {0, 1, 1}), new TreeMap<>(Map.of(1, level)));
    }

    @Test
    void levelsMoveWithTheLabels() {
        GradedLabelMap moved = graded((byte) 7, (byte) 200, (byte) 255)
                .moved(map -> new LabelMap(GRID, new short[] {map.labels()[2], map.labels()[0], map.labels()[1]}));
        assertThat(moved.labels().labels()).containsExactly(1, 0, 1);
        assertThat(moved.levels().get(1)).containsExactly(255, 7, 200);
    }

    @Test
    void nothingIsProbableWhereAVoxelWasTakenOut() {
        GradedLabelMap kept =
                graded((byte) 7, (byte) 200, (byte) 255).restrictedTo(new LabelMap(GRID, new short[] {0, 0, 1}));
        assertThat(kept.labels().labels()).containsExactly(0, 0, 1);
        assertThat(kept.levels().get(1)).as("background keeps its 7").containsExactly(7, 0, 255);
    }

    @Test
    void whatDoesNotFitIntoMemoryIsRefusedBeforehand() throws Exception {
        Shape shape = new Shape(512, 512, 512);
        GradedLabelMap.requireMemory(2, shape, 1L << 30);
        assertThatThrownBy(() -> GradedLabelMap.requireMemory(3, shape, 1L << 30))
                .isInstanceOf(UnusableSeriesException.class)
                .hasMessageContaining("probabilities of 3 labels")
                .hasMessageContaining("need 768 MiB, more than half of the 1024 MiB");
    }

    @Test
    void refusesLevelsOfAnotherNumberOfVoxels() {
        assertThatThrownBy(() -> graded((byte) 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the levels of label 1 are 1 voxels, the label map has 3");
    }
}
