package org.segnode.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.segnode.plan.Region;
import org.segnode.volume.Grid;
import org.segnode.volume.LabelMap;
import org.segnode.volume.Shape;
import org.segnode.volume.Spacing;

class OverlapTest {
    @Test
    void countsVoxelsOfALabel() {
        Overlap overlap = Overlap.of(map(0, 1, 1, 2, 0), map(0, 1, 2, 2, 1), Region.of("a", 1));
        assertThat(overlap).isEqualTo(new Overlap(1, 1, 1, 2));
        assertThat(overlap.dice()).isEqualTo(0.5);
        assertThat(overlap.iou()).isEqualTo(1.0 / 3);
        assertThat(overlap.predicted()).isEqualTo(2);
        assertThat(overlap.referenced()).isEqualTo(2);
    }

    @Test
    void countsARegionAsTheUnionOfItsLabels() {
        Region region = new Region("both", List.of(1, 2), true);
        assertThat(Overlap.of(map(0, 1, 1, 2, 0), map(0, 1, 2, 2, 1), region)).isEqualTo(new Overlap(3, 0, 1, 1));
    }

    @Test
    void leavesOutWhatTheReferenceIgnores() {
        Overlap overlap = Overlap.of(map(1, 1, 1), map(1, 3, 0), Region.of("a", 1), 3);
        assertThat(overlap).isEqualTo(new Overlap(1, 1, 0, 0));
    }

    @Test
    void isNotANumberWhereNeitherHasTheLabel() {
        assertThat(Overlap.of(map(0, 0), map(0, 2), Region.of("a", 1)).dice()).isNaN();
        assertThat(Overlap.of(map(0, 1), map(0, 0), Region.of("a", 1)).dice()).isZero();
    }

    @Test
    void refusesDifferentShapes() {
        assertThatThrownBy(() -> Overlap.of(map(0, 1), map(0), Region.of("a", 1)))
                .hasMessageContaining("1 x 1 x 2")
                .hasMessageContaining("1 x 1 x 1");
    }

    @Test
    void givesVolumesInMillilitres() {
        assertThat(Overlap.millilitres(map(1, 1, 0), 1)).isEqualTo(0.012);
    }

    private static LabelMap map(int... labels) {
        short[] values = new short[labels.length];
        for (int i = 0; i < labels.length; i++) {
            values[i] = (short) labels[i];
        }
        return new LabelMap(Grid.axial(new Shape(1, 1, labels.length), new Spacing(3, 2, 1)), values);
    }
}
