package org.segnode.dicom;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.aoju.bus.image.Tag;
import org.aoju.bus.image.galaxy.data.Attributes;
import org.aoju.bus.image.galaxy.data.VR;
import org.aoju.bus.image.galaxy.io.ImageInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.segnode.TemporaryException;
import org.segnode.plan.Code;
import org.segnode.plan.LabelMeaning;
import org.segnode.volume.Grid;
import org.segnode.volume.LabelMap;

class SegmentationWriterTest {
    static final SegmentationOrigin ORIGIN =
            new SegmentationOrigin("Hippocampus", "hippocampus", "1.0.0", "ab".repeat(32), "folds 0 1, mirroring");

    @TempDir
    Path folder;

    @Test
    void bitsFollowEachOtherWithoutGapsBetweenFrames() throws Exception {
        SourceSeries source = source(MadeSeries.axial(2, 1, 3));
        Attributes seg = write(source, labels(source, 1, 0, 2, 1, 1, 2), meanings(1, 2), ORIGIN);
        // frames: segment 1 on slices 1 and 2 (100, 110), segment 2 on slices 1 and 2 (001, 001), first bit lowest
        assertThat(seg.getBytes(Tag.PixelData)).containsExactly(0b00011001, 0b1001);
        assertThat(seg.getInt(Tag.NumberOfFrames, 0)).isEqualTo(4);
    }

    @Test
    void aSegmentHasFramesOnlyWhereItHasVoxels() throws Exception {
        SourceSeries source = source(MadeSeries.axial(3, 1, 2));
        Attributes seg = write(source, labels(source, 0, 0, 5, 0, 0, 0), meanings(2, 5), ORIGIN);
        assertThat(seg.getInt(Tag.NumberOfFrames, 0)).isEqualTo(1);
        Attributes frame = seg.getNestedDataset(Tag.PerFrameFunctionalGroupsSequence);
        assertThat(frame.getNestedDataset(Tag.SegmentIdentificationSequence).getInt(Tag.ReferencedSegmentNumber, 0))
                .isEqualTo(2);
        assertThat(frame.getNestedDataset(Tag.PlanePositionSequence).getDoubles(Tag.ImagePositionPatient))
                .containsExactly(0, 0, 5);
        assertThat(seg.getSequence(Tag.SegmentSequence)).hasSize(2);
        assertThat(seg.getNestedDataset(Tag.SegmentSequence).getString(Tag.SegmentDescription))
                .startsWith("not found");
    }

    @Test
    void anEmptyLabelMapBecomesOneEmptyFrameThatSaysSo() throws Exception {
        SourceSeries source = source(MadeSeries.axial(3, 1, 2));
        Attributes seg = write(source, labels(source, 0, 0, 0, 0, 0, 0), meanings(1, 2), ORIGIN);
        assertThat(seg.getInt(Tag.NumberOfFrames, 0)).isEqualTo(1);
        assertThat(seg.getString(Tag.ContentDescription)).isEqualTo("empty: nothing found by hippocampus 1.0.0");
    }

    @Test
    void saysWhatItIsAndWhereItComesFrom() throws Exception {
        SourceSeries source = source(MadeSeries.axial(2, 1, 1));
        Attributes seg = write(source, labels(source, 1, 0), meanings(1), ORIGIN);
        assertThat(seg.getString(Tag.SeriesDescription)).isEqualTo("Hippocampus AI, not reviewed");
        assertThat(seg.getString(Tag.PatientName)).isEqualTo("Nobody^Made Up");
        assertThat(seg.getString(Tag.StudyInstanceUID)).isEqualTo("2.25.7");
        assertThat(seg.getString(Tag.FrameOfReferenceUID)).isEqualTo("2.25.777");
        assertThat(seg.contains(Tag.PatientSex)).isTrue();
        Attributes algorithm = seg.getNestedDataset(Tag.SegmentSequence)
                .getNestedDataset(Tag.SegmentationAlgorithmIdentificationSequence);
        assertThat(algorithm.getString(Tag.AlgorithmVersion)).isEqualTo("1.0.0");
        assertThat(algorithm.getString(Tag.AlgorithmParameters))
                .isEqualTo("model SHA-256 " + "ab".repeat(32) + "; folds 0 1, mirroring");
        SeriesFacts facts = new SeriesReader().facts(List.of(folder.resolve("seg.dcm")));
        assertThat(facts.ownResult()).isTrue();
    }

    @Test
    void aRepeatGivesTheSameBytesAndOtherSettingsOtherUids() throws Exception {
        SourceSeries source = source(MadeSeries.axial(2, 2, 2));
        LabelMap map = labels(source, 1, 0, 0, 1, 0, 1, 1, 0);
        ResultObject first = written(map, source, meanings(1), ORIGIN, folder.resolve("a.dcm"));
        ResultObject again = written(map, source, meanings(1), ORIGIN, folder.resolve("b.dcm"));
        assertThat(again.file()).hasSameBinaryContentAs(first.file());
        SegmentationOrigin other = new SegmentationOrigin("hippocampus", "1.0.0", "ab".repeat(32), "fold 0");
        ResultObject different = written(map, source, meanings(1), other, folder.resolve("c.dcm"));
        assertThat(different.sopInstanceUid()).isNotEqualTo(first.sopInstanceUid());
        assertThat(different.seriesInstanceUid()).isNotEqualTo(first.seriesInstanceUid());
        assertThat(first.sopInstanceUid()).matches("2\\.25\\.[1-9]\\d{0,38}");
    }

    @Test
    void framesOfAMultiFrameSourceAreNamed() throws Exception {
        DicomSeries series = new SeriesReader().read(MadeSeries.resource("enhanced-mr"));
        short[] labels = new short[series.volume().shape().voxels()];
        labels[0] = 1;
        Attributes seg = write(series.source(), new LabelMap(series.volume().grid(), labels), meanings(1), ORIGIN);
        Attributes image = seg.getNestedDataset(Tag.PerFrameFunctionalGroupsSequence)
                .getNestedDataset(Tag.DerivationImageSequence)
                .getNestedDataset(Tag.SourceImageSequence);
        assertThat(image.getInt(Tag.ReferencedFrameNumber, 0))
                .isEqualTo(series.source().slices().get(0).frame());
    }

    @Test
    void aPatientsNameKeepsItsCharacterSetAndGoesWithOtherTextsInUtf8() throws Exception {
        List<Attributes> slices = MadeSeries.on(MadeSeries.axial(2, 1, 1));
        for (Attributes slice : slices) {
            slice.setString(Tag.SpecificCharacterSet, VR.CS, "ISO_IR 100");
            slice.setString(Tag.PatientName, VR.PN, "Müller^Jürgen");
        }
        SourceSeries source =
                new SeriesReader().read(MadeSeries.write(folder, slices)).source();
        Attributes latin = write(source, labels(source, 1, 0), meanings(1), ORIGIN);
        assertThat(latin.getString(Tag.SpecificCharacterSet)).isEqualTo("ISO_IR 100");
        assertThat(latin.getString(Tag.PatientName)).isEqualTo("Müller^Jürgen");
        SegmentationOrigin greek = new SegmentationOrigin("Ιππόκαμπος", "h", "1", "ab", "");
        Attributes utf8 = write(source, labels(source, 1, 0), meanings(1), greek);
        assertThat(utf8.getString(Tag.SpecificCharacterSet)).isEqualTo("ISO_IR 192");
        assertThat(utf8.getString(Tag.PatientName)).isEqualTo("Müller^Jürgen");
        assertThat(utf8.getString(Tag.SeriesDescription)).isEqualTo("Ιππόκαμπος AI, not reviewed");
    }

    @Test
    void aLabelWithoutMeaningIsNotLeftOutSilently() throws Exception {
        SourceSeries source = source(MadeSeries.axial(2, 1, 1));
        assertThatThrownBy(() -> write(source, labels(source, 1, 3), meanings(1), ORIGIN))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the label map holds the label 3, which has no meaning: nothing may be left out silently");
        assertThat(folder.resolve("seg.dcm")).doesNotExist();
    }

    @Test
    void aLabelMapOnAnotherGridIsRefused() throws Exception {
        SourceSeries source = source(MadeSeries.axial(2, 1, 1));
        LabelMap other = new LabelMap(MadeSeries.axial(2, 1, 2), new short[4]);
        assertThatThrownBy(() -> write(source, other, meanings(1), ORIGIN))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("the label map lies on");
        assertThatThrownBy(() -> write(source, labels(source, 1, 0), meanings(2, 1), ORIGIN))
                .hasMessage("labels ascend, but 2 comes before 1");
    }

    @Test
    void aDiskThatDoesNotTakeItIsTriedAgainLater() throws Exception {
        SourceSeries source = source(MadeSeries.axial(2, 1, 1));
        Path nowhere = folder.resolve("missing/seg.dcm");
        assertThatThrownBy(() -> written(labels(source, 1, 0), source, meanings(1), ORIGIN, nowhere))
                .isInstanceOf(TemporaryException.class);
    }

    @Test
    void anOlderFileIsReplacedAndNothingElseIsLeft() throws Exception {
        SourceSeries source = source(MadeSeries.axial(2, 1, 1));
        Files.writeString(folder.resolve("seg.dcm"), "old");
        Attributes seg = write(source, labels(source, 1, 0), meanings(1), ORIGIN);
        assertThat(seg.getString(Tag.Modality)).isEqualTo("SEG");
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files.map(f -> f.getFileName().toString()))
                    .containsExactlyInAnyOrder("001.dcm", "002.dcm", "seg.dcm");
        }
    }

    private SourceSeries source(Grid grid) throws Exception {
        return new SeriesReader()
                .read(MadeSeries.write(folder, MadeSeries.on(grid)))
                .source();
    }

    private Attributes write(SourceSeries source, LabelMap map, List<LabelMeaning> meanings, SegmentationOrigin origin)
            throws Exception {
        ResultObject result = written(map, source, meanings, origin, folder.resolve("seg.dcm"));
        try (ImageInputStream in = new ImageInputStream(result.file().toFile())) {
            return in.readDataset(-1, -1);
        }
    }

    static ResultObject written(
            LabelMap map, SourceSeries source, List<LabelMeaning> meanings, SegmentationOrigin origin, Path file) {
        SegmentedSeries result =
                new SegmentedSeries(SourceLabels.of(map, source), new float[map.labels().length], meanings, origin);
        return Results.write(Set.of(ResultForm.SEG), result, (form, number, uid) -> file)
                .get(0);
    }

    static SegmentedSeries result(SourceLabels labels, List<LabelMeaning> meanings) {
        return result(labels, meanings, ORIGIN);
    }

    private static SegmentedSeries result(SourceLabels labels, List<LabelMeaning> meanings, SegmentationOrigin origin) {
        return new SegmentedSeries(labels, new float[labels.labels().length], meanings, origin);
    }

    static LabelMap labels(SourceSeries source, int... labels) {
        short[] all = new short[labels.length];
        for (int i = 0; i < labels.length; i++) {
            all[i] = (short) labels[i];
        }
        return new LabelMap(source.grid(), all);
    }

    static List<LabelMeaning> meanings(int... labels) {
        return java.util.Arrays.stream(labels)
                .mapToObj(label -> new LabelMeaning(
                        label,
                        "Part " + label,
                        new Code("123037004", "SCT", "Anatomical Structure"),
                        new Code("5668004", "SCT", "Hippocampus"),
                        Optional.of(new Code("7771000", "SCT", "Left")),
                        "#dd8265"))
                .toList();
    }
}
