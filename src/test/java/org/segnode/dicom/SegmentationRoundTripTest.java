package org.segnode.dicom;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.segnode.UnusableSeriesException;
import org.segnode.volume.Grid;
import org.segnode.volume.LabelMap;
import org.segnode.volume.Orientation;
import org.segnode.volume.Position;
import org.segnode.volume.Reorientation;
import org.segnode.volume.Shape;

/** What is written can be read, by position alone, on every grid. */
class SegmentationRoundTripTest {
    @TempDir
    Path folder;

    @ParameterizedTest(name = "random oblique grid and mask {0}")
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
    void everyVoxelComesBack(int seed) throws Exception {
        Random random = new Random(seed);
        Grid made = grid(random);
        SourceSeries source = new SeriesReader()
                .read(MadeSeries.write(folder, MadeSeries.on(made)))
                .source();
        assertThat(source.grid().shape()).isEqualTo(made.shape());
        LabelMap map = new LabelMap(source.grid(), mask(random, made.shape()));
        Path file = folder.resolve("seg.dcm");
        SegmentationWriterTest.written(
                map, source, SegmentationWriterTest.meanings(1, 2, 3), SegmentationWriterTest.ORIGIN, file);
        assertThat(SegmentationReader.read(file, source.grid()).labels()).isEqualTo(map.labels());
    }

    @ParameterizedTest(name = "random oblique grid and mask {0}")
    @ValueSource(ints = {21, 22, 23, 24, 25, 26})
    void everyPixelComesBackFromALabelMapAndFromContours(int seed) throws Exception {
        Random random = new Random(seed);
        SourceSeries source = new SeriesReader()
                .read(MadeSeries.write(folder, MadeSeries.on(grid(random))))
                .source();
        SourceLabels labels = new SourceLabels(source, mask(random, source.shape()));
        SegmentedSeries result = SegmentationWriterTest.result(labels, SegmentationWriterTest.meanings(1, 2, 3));
        List<ResultObject> written = Results.write(
                Set.of(ResultForm.LABELMAP, ResultForm.RTSTRUCT),
                result,
                (form, number, uid) -> folder.resolve(form.word() + ".dcm"));
        assertThat(SegmentationReader.read(written.get(0).file(), source).labels())
                .isEqualTo(labels.labels());
        assertThat(StructureSetReader.read(written.get(1).file(), source).labels())
                .isEqualTo(labels.labels());
    }

    @ParameterizedTest(name = "rows of {0} pixels")
    @ValueSource(ints = {64, 127, 128, 200})
    void longRunsComeBackWhereverTheyBeginInAByte(int columns) throws Exception {
        SourceSeries source = new SeriesReader()
                .read(MadeSeries.write(folder, MadeSeries.on(MadeSeries.axial(3, 13, columns))))
                .source();
        Random random = new Random(columns);
        short[] labels = new short[source.shape().voxels()];
        for (int i = 0; i < labels.length; ) {
            int end = Math.min(labels.length, i + 1 + random.nextInt(3 * columns));
            Arrays.fill(labels, i, end, (short) (random.nextBoolean() ? 0 : 1 + random.nextInt(3)));
            i = end;
        }
        List<ResultObject> written = Results.write(
                Set.of(ResultForm.SEG, ResultForm.LABELMAP, ResultForm.RTSTRUCT),
                SegmentationWriterTest.result(
                        new SourceLabels(source, labels), SegmentationWriterTest.meanings(1, 2, 3)),
                (form, number, uid) -> folder.resolve(form.word() + ".dcm"));
        assertThat(written).hasSize(3);
        Annotation marked = SegmentationReader.annotation(written.get(0).file(), source);
        assertThat(marked.labels()).isEqualTo(labels);
        assertThat(SegmentationReader.read(written.get(0).file(), source).labels())
                .isEqualTo(labels);
    }

    @Test
    void aGridThatIsTurnedAndFlippedShowsTheSameMask() throws Exception {
        Random random = new Random(99);
        SourceSeries source = new SeriesReader()
                .read(MadeSeries.write(folder, MadeSeries.on(MadeSeries.axial(4, 5, 6))))
                .source();
        LabelMap map = new LabelMap(source.grid(), mask(random, source.grid().shape()));
        Path file = folder.resolve("seg.dcm");
        SegmentationWriterTest.written(
                map, source, SegmentationWriterTest.meanings(1, 2, 3), SegmentationWriterTest.ORIGIN, file);
        LabelMap turned =
                Reorientation.between(Orientation.LPS, new Orientation("SAR")).apply(map);
        assertThat(SegmentationReader.read(file, turned.grid()).labels()).isEqualTo(turned.labels());
        Grid shifted = new Grid(
                map.shape(),
                map.grid().origin().plus(new Position(0.35, 0, 0)),
                map.grid().sliceStep(),
                map.grid().rowStep(),
                map.grid().columnStep());
        assertThatThrownBy(() -> SegmentationReader.read(file, shifted))
                .isInstanceOf(UnusableSeriesException.class)
                .hasMessageContaining("lie on no voxel of the grid");
    }

    @Test
    void whatIsNoBinarySegmentationIsRefused() {
        Path slice = MadeSeries.files("dicom-samples/case-006/series").get(0);
        assertThatThrownBy(() -> SegmentationReader.read(slice, MadeSeries.axial(2, 2, 2)))
                .isInstanceOf(UnusableSeriesException.class)
                .hasMessage(
                        "file 0001.dcm is no BINARY, FRACTIONAL or LABELMAP segmentation (Segmentation Type (0062,0001))");
    }

    /** Odd sizes, unequal spacing, any rotation; rows and columns perpendicular, slices along their normal. */
    private static Grid grid(Random random) {
        Position row = unit(random);
        Position other = unit(random);
        Position column = row.cross(other).times(1 / row.cross(other).length());
        Position normal = row.cross(column);
        Shape shape = new Shape(2 + random.nextInt(5), 1 + random.nextInt(9), 1 + random.nextInt(11));
        return new Grid(
                shape,
                new Position(random.nextGaussian() * 100, random.nextGaussian() * 100, random.nextGaussian() * 100),
                normal.times(0.5 + 5 * random.nextDouble()),
                column.times(0.3 + random.nextDouble()),
                row.times(0.3 + random.nextDouble()));
    }

    private static Position unit(Random random) {
        Position p = new Position(random.nextGaussian(), random.nextGaussian(), random.nextGaussian());
        return p.times(1 / p.length());
    }

    private static short[] mask(Random random, Shape shape) {
        short[] labels = new short[shape.voxels()];
        for (int i = 0; i < labels.length; i++) {
            labels[i] = (short) Math.max(0, random.nextInt(6) - 2);
        }
        return labels;
    }
}
