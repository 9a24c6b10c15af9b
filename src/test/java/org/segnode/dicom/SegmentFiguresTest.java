package org.segnode.dicom;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.aoju.bus.image.galaxy.data.Attributes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.segnode.volume.Position;
import org.segnode.volume.Shape;

class SegmentFiguresTest {
    @TempDir
    Path folder;

    /** Spacing 5 x 0.8 x 0.7 mm; the value of a voxel is its index in the volume. */
    @Test
    void measuresVolumeValuesAndReach() throws Exception {
        SegmentedSeries result = result(3, 2, 4, new int[] {0, 3, 4, 23});
        SegmentFigures figures = SegmentFigures.of(result).get(0);
        assertThat(figures.voxels()).isEqualTo(4);
        assertThat(figures.cubicMillimetres()).isCloseTo(4 * 5 * 0.8 * 0.7, within(1e-9));
        assertThat(figures.mean()).isEqualTo(7.5);
        assertThat(figures.deviation()).isCloseTo(Math.sqrt((56.25 + 20.25 + 12.25 + 240.25) / 4), within(1e-9));
        assertThat(figures.largestDiameter()).isCloseTo(Math.sqrt(100 + 0.64 + 4.41), within(1e-9));
    }

    @Test
    void whatIsNotThereHasNoVolumeAndNoMean() throws Exception {
        SegmentFigures figures = SegmentFigures.of(result(2, 2, 2, new int[0])).get(0);
        assertThat(figures.voxels()).isZero();
        assertThat(figures.cubicMillimetres()).isZero();
        assertThat(figures.mean()).isNaN();
    }

    @Test
    void theLargestDiameterIsThatOfAllPairsOfVoxels() throws Exception {
        Random random = new Random(5);
        for (int round = 0; round < 5; round++) {
            int[] set = random.ints(60, 0, 6 * 11 * 13).distinct().toArray();
            SegmentedSeries result = result(6, 11, 13, set);
            double largest = 0;
            for (int a : set) {
                for (int b : set) {
                    largest = Math.max(
                            largest,
                            position(result, a).minus(position(result, b)).length());
                }
            }
            assertThat(SegmentFigures.of(result).get(0).largestDiameter()).isCloseTo(largest, within(1e-9));
        }
    }

    private static Position position(SegmentedSeries result, int index) {
        Shape shape = result.source().shape();
        int column = index % shape.columns();
        int row = index / shape.columns() % shape.rows();
        return result.source().grid().position(index / shape.columns() / shape.rows(), row, column);
    }

    private SegmentedSeries result(int slices, int rows, int columns, int[] set) throws Exception {
        List<Attributes> made = MadeSeries.on(MadeSeries.axial(slices, rows, columns));
        DicomSeries series = new SeriesReader().read(MadeSeries.write(folder, made));
        short[] labels = new short[slices * rows * columns];
        for (int index : set) {
            labels[index] = 1;
        }
        return new SegmentedSeries(
                new SourceLabels(series.source(), labels),
                series.sourceValues(),
                SegmentationWriterTest.meanings(1),
                SegmentationWriterTest.ORIGIN);
    }
}
