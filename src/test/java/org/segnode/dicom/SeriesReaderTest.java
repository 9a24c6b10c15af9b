package org.segnode.dicom;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Random;
import org.aoju.bus.image.Tag;
import org.aoju.bus.image.UID;
import org.aoju.bus.image.galaxy.data.Attributes;
import org.aoju.bus.image.galaxy.data.VR;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.segnode.UnusableSeriesException;
import org.segnode.volume.Grid;
import org.segnode.volume.Position;
import org.segnode.volume.Shape;
import org.segnode.volume.Volume;

/** Expected positions and values of real series: as SimpleITK 2.5.7 reads them. */
class SeriesReaderTest {
    private static final double MM = 1e-6;

    private final SeriesReader reader = new SeriesReader();

    @TempDir
    Path folder;

    /** The first voxel of {@code labels.nii.gz}, as its affine says. */
    @ParameterizedTest
    @CsvSource({"006, 34, 52, 35", "251, 28, 58, 36"})
    void aSampleLiesOnTheGridOfItsGroundTruth(String name, int slices, int rows, int columns) throws Exception {
        Grid series =
                read(MadeSeries.files("dicom-samples/case-" + name + "/series")).grid();
        assertThat(series.shape()).isEqualTo(new Shape(slices, rows, columns));
        assertThat(series.origin()).isEqualTo(new Position(-columns, -rows, 1));
        assertThat(series.position(1, 1, 1)).isEqualTo(new Position(1 - columns, 1 - rows, 2));
    }

    @Test
    void theOrderOfTheFilesDecidesNothing() throws Exception {
        List<Path> files = new ArrayList<>(MadeSeries.write(folder, MadeSeries.on(MadeSeries.axial(7, 3, 4))));
        Volume sorted = read(files);
        Collections.shuffle(files, new Random(1));
        Volume shuffled = read(files);
        assertThat(shuffled.grid()).isEqualTo(sorted.grid()).isEqualTo(MadeSeries.axial(7, 3, 4));
        assertThat(shuffled.channels().get(0)).isEqualTo(sorted.channels().get(0));
        assertThat(sorted.channels().get(0)[50]).isEqualTo(50);
    }

    @Test
    void slicesAreCountedAlongTheirNormalWhateverTheirNumbers() throws Exception {
        Grid grid = read(MadeSeries.resource("sagittal-mr")).grid();
        assertThat(grid.sliceStep().x()).isCloseTo(-4.8, within(1e-5));
        assertThat(grid.rowStep()).isEqualTo(new Position(0, 0, -1.015625));
        assertThat(grid.columnStep()).isEqualTo(new Position(0, 1.015625, 0));
    }

    @Test
    void anObliqueStackHalfADegreeFromItsNormalKeepsItsTrueSteps() throws Exception {
        Grid grid = read(MadeSeries.resource("oblique-mr")).grid();
        assertThat(grid.shape()).isEqualTo(new Shape(3, 384, 274));
        assertClose(grid.sliceStep(), -0.023394, 0.085956, 0.660688, 1e-6);
        assertClose(grid.rowStep(), 0.017680, 0.660943, -0.085363, 1e-6);
        assertClose(grid.columnStep(), 0.699310, -0.015252, 0.026746, 1e-6);
    }

    @Test
    void pixelsThatAreNotSquareKeepRowAndColumnApart() throws Exception {
        Volume volume = read(MadeSeries.resource("non-square-pixels"));
        assertThat(volume.shape()).isEqualTo(new Shape(4, 28, 64));
        assertThat(volume.grid().spacing().row()).isCloseTo(4.0, within(MM));
        assertThat(volume.grid().spacing().column()).isCloseTo(6.39995861, within(MM));
        assertValue(volume, 1, 5, 40, 33.504043686299994);
        assertValue(volume, 3, 27, 63, 95.7610019584);
        assertValue(volume, 0, 0, 0, 34.1070841661);
    }

    @Test
    void framesOfAnEnhancedObjectAreSlicesWithTheirOwnRescale() throws Exception {
        DicomSeries series = reader.read(MadeSeries.resource("enhanced-mr"));
        Volume volume = series.volume();
        assertThat(volume.shape()).isEqualTo(new Shape(8, 256, 256));
        assertClose(volume.grid().origin(), 100.293579101562, -150.60459327697, 116.949243545532, MM);
        assertClose(volume.grid().sliceStep(), -1.2000056675501583, 0, 0, MM);
        assertValue(volume, 2, 100, 120, 153.318681318681);
        assertValue(volume, 7, 200, 33, 860.2881562881545);
        assertThat(series.source().slices()).allMatch(Slice::multiFrame);
    }

    @Test
    void legacyConvertedAndJpeg2000SeriesAreRead() throws Exception {
        assertThat(read(MadeSeries.resource("enhanced-ct")).shape()).isEqualTo(new Shape(3, 38, 24));
        assertThat(read(MadeSeries.resource("j2k-ct")).shape()).isEqualTo(new Shape(3, 512, 512));
        assertThat(read(MadeSeries.resource("small-ct")).grid().spacing().slice())
                .isCloseTo(2.5, within(MM));
    }

    @Test
    void rescaleIsThatOfEachSlice() throws Exception {
        List<Attributes> slices = MadeSeries.on(MadeSeries.axial(2, 2, 2));
        slices.get(1).setString(Tag.RescaleSlope, VR.DS, "0.5");
        slices.get(1).setString(Tag.RescaleIntercept, VR.DS, "-1000");
        assertThat(read(MadeSeries.write(folder, slices)).channels().get(0))
                .containsExactly(0, 1, 2, 3, -998, -997.5f, -997, -996.5f);
    }

    @Test
    void onlyTheStoredBitsCountAndTheirSignIsKept() throws Exception {
        List<Attributes> slices = MadeSeries.on(MadeSeries.axial(2, 1, 2));
        for (Attributes slice : slices) {
            slice.setInt(Tag.BitsStored, VR.US, 12);
            slice.setInt(Tag.HighBit, VR.US, 11);
            slice.setInt(Tag.PixelRepresentation, VR.US, 1);
            ByteBuffer pixels = ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN);
            pixels.putShort((short) 0x7fff).putShort((short) 0xa005); // -1 and 5 with junk in the upper 4 bits
            slice.setBytes(Tag.PixelData, VR.OW, pixels.array());
        }
        assertThat(read(MadeSeries.write(folder, slices)).channels().get(0)).containsExactly(-1, 5, -1, 5);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {UID.ImplicitVRLittleEndian, UID.ExplicitVRBigEndianRetired, UID.DeflatedExplicitVRLittleEndian})
    void anUncompressedSeriesIsTheSameInEverySyntax(String syntax) throws Exception {
        List<Attributes> slices = MadeSeries.on(MadeSeries.axial(3, 3, 5));
        float[] explicit = read(MadeSeries.write(folder, slices)).channels().get(0);
        assertThat(read(MadeSeries.write(folder, slices, syntax)).channels().get(0))
                .isEqualTo(explicit);
    }

    @Test
    void aSecondCopyOfAnObjectIsReadOnce() throws Exception {
        List<Path> files = new ArrayList<>(MadeSeries.resource("small-ct"));
        files.add(Files.copy(files.get(2), folder.resolve("again.dcm")));
        assertThat(read(files).shape().slices()).isEqualTo(5);
    }

    @Test
    void rulesSeeWhatTheSeriesIs() throws Exception {
        SeriesFacts facts = reader.facts(MadeSeries.files("dicom-samples/case-006/series"));
        assertThat(facts.modality()).isEqualTo("MR");
        assertThat(facts.bodyPart()).isEqualTo("BRAIN");
        assertThat(facts.seriesDescription()).isEqualTo("T1 MPRAGE 3D hippocampus crop");
        assertThat(facts.imageType()).containsExactly("DERIVED", "PRIMARY", "OTHER");
        assertThat(facts.sliceThickness()).isEqualTo(OptionalDouble.of(1));
        assertThat(facts.numberOfSlices()).isEqualTo(34);
        assertThat(facts.orientation()).isEqualTo(Optional.of("AXIAL"));
        assertThat(facts.ownResult()).isFalse();
        assertThat(reader.facts(MadeSeries.resource("enhanced-mr")).numberOfSlices())
                .isEqualTo(8);
        assertThat(reader.facts(MadeSeries.resource("sagittal-mr")).orientation())
                .contains("SAGITTAL");
    }

    private Volume read(List<Path> files) throws UnusableSeriesException {
        return reader.read(files).volume();
    }

    private static void assertClose(Position p, double x, double y, double z, double tolerance) {
        assertThat(p.minus(new Position(x, y, z)).length()).isLessThan(2 * tolerance);
    }

    private static void assertValue(Volume volume, int slice, int row, int column, double expected) {
        float value = volume.channels().get(0)[volume.shape().index(slice, row, column)];
        assertThat(value).isEqualTo((float) expected);
    }
}
