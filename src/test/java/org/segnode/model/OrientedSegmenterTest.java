package org.segnode.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.segnode.inference.Progress;
import org.segnode.inference.Segmenter;
import org.segnode.volume.GradedLabelMap;
import org.segnode.volume.Grid;
import org.segnode.volume.LabelMap;
import org.segnode.volume.Orientation;
import org.segnode.volume.Position;
import org.segnode.volume.Shape;
import org.segnode.volume.Volume;

class OrientedSegmenterTest {
    /** Oblique, anisotropic, with lengths that are all different. */
    private static final Grid GRID = new Grid(
            new Shape(2, 3, 4),
            new Position(-10.1, 20.2, 30.3),
            new Position(0.1, 0.2, 2.9),
            new Position(0.05, 0.7, -0.1),
            new Position(0.6, -0.03, 0.02));

    @ParameterizedTest
    @ValueSource(strings = {"LPS", "RAS", "SLA", "PIR", "ASR"})
    void showsTheModelItsOrientationAndGivesBackTheVeryGrid(String letters) throws Exception {
        float[] values = new float[24];
        for (int i = 0; i < values.length; i++) {
            values[i] = i;
        }
        List<Grid> seen = new ArrayList<>();
        AtomicBoolean closed = new AtomicBoolean();
        Segmenter labelsAreValues = new Segmenter() {
            @Override
            public LabelMap segment(Volume volume, Progress progress) {
                seen.add(volume.grid());
                short[] labels = new short[24];
                for (int i = 0; i < labels.length; i++) {
                    labels[i] = (short) volume.channels().get(0)[i];
                }
                return new LabelMap(volume.grid(), labels);
            }

            @Override
            public GradedLabelMap graded(Volume volume, Progress progress) {
                LabelMap found = segment(volume, progress);
                byte[] level = new byte[24];
                for (int i = 0; i < level.length; i++) {
                    level[i] = (byte) (10 * found.labels()[i]);
                }
                return new GradedLabelMap(found, new TreeMap<>(Map.of(1, level)));
            }

            @Override
            public void close() {
                closed.set(true);
            }
        };
        try (Segmenter oriented = new OrientedSegmenter(labelsAreValues, new Orientation(letters))) {
            LabelMap found = oriented.segment(new Volume(GRID, values), Progress.NONE);
            assertThat(found.grid()).isEqualTo(GRID);
            for (int i = 0; i < values.length; i++) {
                assertThat(found.labels()[i]).isEqualTo((short) i);
            }
            GradedLabelMap graded = oriented.graded(new Volume(GRID, values), Progress.NONE);
            assertThat(graded.labels().labels()).isEqualTo(found.labels());
            for (int i = 0; i < values.length; i++) {
                assertThat(Objects.requireNonNull(graded.levels().get(1))[i]).isEqualTo((byte) (10 * i));
            }
        }
        assertThat(Orientation.of(seen.get(0))).isEqualTo(new Orientation(letters));
        assertThat(closed).isTrue();
    }
}
