package org.segnode.dicom;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.aoju.bus.image.Tag;
import org.aoju.bus.image.galaxy.data.Attributes;
import org.aoju.bus.image.galaxy.io.ImageInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.segnode.UnusableSeriesException;
import org.segnode.volume.GradedLabelMap;
import org.segnode.volume.LabelMap;

class FractionalWriterTest {
    @TempDir
    Path folder;

    private DicomSeries series(int slices) throws Exception {
        return new SeriesReader().read(MadeSeries.write(folder, MadeSeries.on(MadeSeries.axial(slices, 1, 3))));
    }

    private static SegmentedSeries result(DicomSeries series, short[] labels, Map<Integer, byte[]> levels) {
        return series.result(
                new GradedLabelMap(new LabelMap(series.volume().grid(), labels), new TreeMap<>(levels)),
                SegmentationWriterTest.meanings(1, 4),
                SegmentationWriterTest.ORIGIN);
    }

    private List<ResultObject> write(SegmentedSeries result) {
        return Results.write(Set.of(ResultForm.FRACTIONAL), result, this::place);
    }

    private Path place(ResultForm form, int number, String uid) {
        return folder.resolve(uid + ".dcm");
    }

    private static Attributes read(ResultObject object) throws Exception {
        try (ImageInputStream in = new ImageInputStream(object.file().toFile())) {
            return in.readDataset(-1, -1);
        }
    }

    @Test
    void whatIsWrittenIsReadAndFramesAreOnlyWhereAnythingIsProbable() throws Exception {
        DicomSeries series = series(3);
        byte[] first = {0, 1, 2, 0, 0, 0, 127, (byte) 128, (byte) 255};
        byte[] fourth = {0, 0, 0, 0, 0, 0, (byte) 128, 0, 0};
        ResultObject object = write(
                        result(series, new short[] {0, 0, 0, 0, 0, 0, 4, 1, 1}, Map.of(1, first, 4, fourth)))
                .get(0);
        Map<Integer, byte[]> levels = FractionalReader.read(object.file(), series.source());
        assertThat(levels).containsOnlyKeys(1, 2);
        assertThat(levels.get(1)).isEqualTo(first);
        assertThat(levels.get(2)).isEqualTo(fourth);
        Attributes written = read(object);
        assertThat(written.getInt(Tag.NumberOfFrames, 0)).isEqualTo(3);
        assertThat(written.getString(Tag.SegmentationType)).isEqualTo("FRACTIONAL");
        assertThat(written.getString(Tag.SegmentationFractionalType)).isEqualTo("PROBABILITY");
        assertThat(written.getInt(Tag.MaximumFractionalValue, 0)).isEqualTo(255);
        assertThat(written.getBytes(Tag.PixelData))
                .as("three frames of three, and one to make it even")
                .hasSize(10);
        assertThat(SegmentationReader.read(object.file(), series.volume().grid())
                        .labels())
                .as("from half on")
                .containsExactly(0, 0, 0, 0, 0, 0, 2, 1, 1);
    }

    @Test
    void oneUidNeverHasTwoContents() throws Exception {
        DicomSeries series = series(2);
        short[] labels = {0, 0, 1, 0, 0, 0};
        byte[] sure = {0, 0, (byte) 255, 0, 0, 0};
        byte[] lessSure = {0, 0, (byte) 254, 0, 0, 0};
        String uid = write(result(series, labels, Map.of(1, sure))).get(0).sopInstanceUid();
        assertThat(write(result(series, labels, Map.of(1, sure))).get(0).sopInstanceUid())
                .isEqualTo(uid);
        assertThat(write(result(series, labels, Map.of(1, lessSure))).get(0).sopInstanceUid())
                .isNotEqualTo(uid);
    }

    @Test
    void whatIsLargeBecomesOneObjectPerSegment() throws Exception {
        DicomSeries series = series(2);
        byte[] level = {1, 0, (byte) 255, 0, 0, 9};
        SegmentedSeries result = result(series, new short[] {0, 0, 4, 0, 0, 0}, Map.of(1, new byte[6], 4, level));
        List<ResultObject> parts = new FractionalWriter(3).write(result, this::place);
        assertThat(parts).hasSize(2);
        assertThat(FractionalReader.read(parts.get(1).file(), series.source()).get(1))
                .isEqualTo(level);
    }

    @Test
    void aResultOfLabelsOnlyIsRefused() throws Exception {
        DicomSeries series = series(2);
        SegmentedSeries labelsOnly = result(series, new short[6], Map.of());
        assertThatThrownBy(() -> write(labelsOnly))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a fractional segmentation needs probabilities, the result has labels only");
    }

    @Test
    void probabilitiesOfALabelWithoutMeaningAreRefused() throws Exception {
        DicomSeries series = series(2);
        assertThatThrownBy(() -> result(series, new short[6], Map.of(3, new byte[6])))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("probabilities of the label 3, which has no meaning");
    }

    @Test
    void aBinarySegmentationHasNoProbabilities() throws Exception {
        DicomSeries series = series(2);
        SegmentedSeries result = result(series, new short[] {0, 0, 4, 0, 0, 0}, Map.of());
        Path seg = Results.write(Set.of(ResultForm.SEG), result, this::place)
                .get(0)
                .file();
        assertThatThrownBy(() -> FractionalReader.read(seg, series.source()))
                .isInstanceOf(UnusableSeriesException.class)
                .hasMessageContaining("is no FRACTIONAL segmentation with values to 255");
    }
}
