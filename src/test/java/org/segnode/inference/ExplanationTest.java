package org.segnode.inference;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.segnode.plan.Dataset;
import org.segnode.plan.Labels;
import org.segnode.preprocess.AxisPermutation;
import org.segnode.preprocess.CaseGeometry;
import org.segnode.preprocess.Logits;
import org.segnode.preprocess.PreparedCase;
import org.segnode.volume.Box;
import org.segnode.volume.Grid;
import org.segnode.volume.LabelMap;
import org.segnode.volume.Shape;
import org.segnode.volume.Spacing;

class ExplanationTest {
    private static final Shape SHAPE = new Shape(1, 1, 3);
    private static final Grid GRID = Grid.axial(SHAPE, new Spacing(1, 1, 1));

    private static Predictor.Computed computed(float background, float foreground) {
        CaseGeometry geometry =
                new CaseGeometry(GRID, GRID.spacing(), AxisPermutation.IDENTITY, new Box(0, 1, 0, 1, 0, 3));
        float[][] logits = {{background, background, background}, {foreground, -9, -9}, {-9, -9, foreground}};
        return new Predictor.Computed(
                Logits.ofFloats(SHAPE, logits), new PreparedCase(SHAPE, List.of(new float[] {1, 0, 2}), geometry));
    }

    private static Explanation explanation(float foreground, LabelMap decided, LabelMap written) throws Exception {
        Labels labels =
                Dataset.read(Path.of("src/models/hippocampus-3d/dataset.json")).labels();
        return Explanation.of(computed(0, foreground), labels, decided, written);
    }

    @Test
    void namesTheFirstStepAfterWhichNothingIsLeft() throws Exception {
        LabelMap empty = new LabelMap(GRID, new short[3]);
        LabelMap found = new LabelMap(GRID, new short[] {1, 0, 2});
        assertThat(explanation(-1, empty, empty).verdict())
                .isEqualTo("empty since: foreground in the network's output");
        assertThat(explanation(1, empty, empty).verdict()).isEqualTo("empty since: foreground on the grid of the case");
        assertThat(explanation(1, found, empty).verdict()).isEqualTo("empty since: foreground after post-processing");
        assertThat(explanation(1, found, found).verdict()).isEqualTo("not empty");
    }

    @Test
    void countsVoxelsAfterEachStep() throws Exception {
        LabelMap found = new LabelMap(GRID, new short[] {1, 0, 2});
        assertThat(explanation(1, found, found).steps())
                .extracting(Explanation.Step::voxels)
                .containsExactly(3, 2, 2, 2, 2);
    }
}
