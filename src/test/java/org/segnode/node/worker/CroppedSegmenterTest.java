package org.segnode.node.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.segnode.UnusableSeriesException;
import org.segnode.inference.Progress;
import org.segnode.inference.Segmenter;
import org.segnode.volume.GradedLabelMap;
import org.segnode.volume.Grid;
import org.segnode.volume.LabelMap;
import org.segnode.volume.Shape;
import org.segnode.volume.Spacing;
import org.segnode.volume.Volume;

class CroppedSegmenterTest {
    private static final Grid GRID = Grid.axial(new Shape(5, 6, 7), new Spacing(3, 2, 1));

    private static Segmenter of(Function<Volume, LabelMap> work) {
        return new Segmenter() {
            @Override
            public LabelMap segment(Volume volume, Progress progress) {
                progress.step(1, 1);
                return work.apply(volume);
            }

            @Override
            public GradedLabelMap graded(Volume volume, Progress progress) {
                LabelMap found = segment(volume, progress);
                SortedMap<Integer, byte[]> levels = new TreeMap<>();
                levels.put(1, lowBytes(found));
                return new GradedLabelMap(found, levels);
            }

            @Override
            public void close() {}
        };
    }

    private static byte[] lowBytes(LabelMap map) {
        byte[] bytes = new byte[map.labels().length];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) map.labels()[i];
        }
        return bytes;
    }

    private static LabelMap marked(int slice, int row, int column) {
        short[] mask = new short[GRID.shape().voxels()];
        mask[GRID.shape().index(slice, row, column)] = 3;
        return new LabelMap(GRID, mask);
    }

    private static Volume numbered() {
        float[] values = new float[GRID.shape().voxels()];
        for (int i = 0; i < values.length; i++) {
            values[i] = i;
        }
        return new Volume(GRID, values);
    }

    private static LabelMap valuesAsLabels(Volume volume) {
        short[] labels = new short[volume.shape().voxels()];
        for (int i = 0; i < labels.length; i++) {
            labels[i] = (short) volume.channels().get(0)[i];
        }
        return new LabelMap(volume.grid(), labels);
    }

    @Test
    void showsTheSecondModelTheBoxWithItsMarginAndPutsItsLabelsInPlace() throws Exception {
        List<Volume> seen = new ArrayList<>();
        List<String> steps = new ArrayList<>();
        Segmenter fine = of(volume -> {
            seen.add(volume);
            return valuesAsLabels(volume);
        });
        LabelMap found = new CroppedSegmenter(of(volume -> marked(2, 3, 3)), 2.5, fine)
                .segment(numbered(), (done, total) -> steps.add(done + "/" + total));
        Volume inside = seen.get(0);
        assertThat(inside.shape()).as("1 slice, 2 rows, 3 columns on each side").isEqualTo(new Shape(3, 5, 7));
        assertThat(inside.grid().position(0, 0, 0)).isEqualTo(GRID.position(1, 1, 0));
        assertThat(found.grid()).isEqualTo(GRID);
        for (int slice = 0; slice < 5; slice++) {
            for (int row = 0; row < 6; row++) {
                for (int column = 0; column < 7; column++) {
                    int index = GRID.shape().index(slice, row, column);
                    boolean in = slice >= 1 && slice <= 3 && row >= 1;
                    assertThat(found.labels()[index]).isEqualTo((short) (in ? index : 0));
                }
            }
        }
        assertThat(steps).containsExactly("1/2", "2/2");
    }

    @Test
    void theProbabilitiesOfTheSecondModelLieWhereItsLabelsLie() throws Exception {
        GradedLabelMap found = new CroppedSegmenter(
                        of(volume -> marked(2, 3, 3)), 2.5, of(CroppedSegmenterTest::valuesAsLabels))
                .graded(numbered(), Progress.NONE);
        assertThat(found.labels().label(1, 1, 0)).isEqualTo(GRID.shape().index(1, 1, 0));
        assertThat(found.labels().label(0, 0, 1)).isZero();
        assertThat(found.levels().get(1)).isEqualTo(lowBytes(found.labels()));
    }

    @Test
    void keepsTheBoxInsideTheVolume() throws Exception {
        assertThat(CroppedSegmenter.box(marked(0, 5, 6), 100)).isDeepEqualTo(new int[][] {{0, 4}, {0, 5}, {0, 6}});
        assertThat(CroppedSegmenter.box(marked(0, 5, 6), 0)).isDeepEqualTo(new int[][] {{0, 0}, {5, 5}, {6, 6}});
    }

    @Test
    void saysSoWhenTheFirstModelFindsNothing() {
        Segmenter nothing =
                of(volume -> new LabelMap(GRID, new short[GRID.shape().voxels()]));
        assertThatThrownBy(() -> new CroppedSegmenter(nothing, 5, nothing).segment(numbered(), Progress.NONE))
                .isInstanceOf(UnusableSeriesException.class)
                .hasMessage("the model that looks for the region found nothing to crop to");
    }
}
