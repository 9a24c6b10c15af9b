package org.segnode.dicom;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.BitSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.segnode.UnusableSeriesException;
import org.segnode.plan.Code;
import org.segnode.volume.Grid;

/** Segmentations and structure sets by others, on the slices that they were drawn on. */
class ForeignAnnotationsTest {
    private static final Path FOLDER = Path.of("src/test/resources/dicom/annotations");
    private static final Grid GRID = MadeSeries.axial(3, 4, 5);

    @TempDir
    Path folder;

    @ParameterizedTest(name = "{0} on its own grid")
    @CsvSource({
        "dcmqi-label.dcm, 315, 19a3d2da3c2cfaf7",
        "highdicom-binary.dcm, 638, 1cd775a66a14e83c",
        "highdicom-fractional.dcm, 638, 1cd775a66a14e83c",
        "liver_rle.dcm, 107098, b022303f9581eb6f",
        "liver_deflate.dcm, 107098, b022303f9581eb6f"
    })
    void hasTheVoxelsThatItsProgramSays(String name, int voxels, String hash) throws Exception {
        Path file = FOLDER.resolve(name);
        BitSet read = onlySegment(AnnotationReader.read(file, AnnotationReader.grid(file)));
        assertThat(read.cardinality()).isEqualTo(voxels);
        assertThat(ForeignAnnotationsWideTest.hash(
                        read, AnnotationReader.grid(file).shape()))
                .isEqualTo(hash);
    }

    @ParameterizedTest(name = "slices of {0}")
    @CsvSource({"annotations/dcmqi-ct", "enhanced-ct"})
    void liesOnSingleSlicesAndOnFramesAlike(String series) throws Exception {
        SourceSeries source =
                new SeriesReader().read(MadeSeries.resource(series)).source();
        Annotation read = AnnotationReader.read(FOLDER.resolve("dcmqi-label.dcm"), source);
        assertThat(read.leftOut()).isEmpty();
        assertThat(ForeignAnnotationsWideTest.hash(onlySegment(read), source.shape()))
                .isEqualTo("19a3d2da3c2cfaf7");
    }

    @Test
    void theSegmentsSayWhatTheyAre() throws Exception {
        assertThat(AnnotationReader.descriptions(FOLDER.resolve("dcmqi-label.dcm")))
                .singleElement()
                .satisfies(liver -> {
                    assertThat(liver.label()).isEqualTo("Liver");
                    assertThat(liver.type()).map(Code::meaning).contains("Liver");
                    assertThat(liver.algorithm()).isEqualTo("SEMIAUTOMATIC");
                    assertThat(liver.algorithmName()).isEqualTo("SlicerEditor");
                });
        assertThat(AnnotationReader.descriptions(FOLDER.resolve("highdicom-binary.dcm")))
                .singleElement()
                .satisfies(segment -> assertThat(segment.trackingUid()).startsWith("1.2.826.0.1.3680043.10.511.3."));
        assertThat(AnnotationReader.descriptions(FOLDER.resolve("rt-utils.dcm")))
                .singleElement()
                .satisfies(region -> assertThat(region.label()).isEqualTo("ROI-1"));
    }

    @Test
    void framesInAnyOrderAndSegmentsThatOverlapAreReadByPosition() throws Exception {
        MadeAnnotation.Frame high = new MadeAnnotation.Frame(2, 10, row(0, 1, 1, 1, 0));
        MadeAnnotation.Frame low = new MadeAnnotation.Frame(2, 0, row(1, 0, 0, 0, 0));
        MadeAnnotation.Frame other = new MadeAnnotation.Frame(7, 10, row(0, 0, 0, 1, 1));
        Path file = MadeAnnotation.segmentation(folder, "BINARY", 4, 5, List.of(high, other, low));
        Annotation read = AnnotationReader.read(file, source());
        assertThat(voxels(read, 2)).containsExactly(0, 41, 42, 43);
        assertThat(voxels(read, 7)).containsExactly(43, 44);
        assertThatThrownBy(read::labels)
                .isInstanceOf(UnusableSeriesException.class)
                .hasMessage("segments 2 and 7 overlap");
    }

    @Test
    void aFractionOfHalfIsInsideAndALabelMapSaysTheSegmentPerPixel() throws Exception {
        Path fractional = MadeAnnotation.segmentation(
                folder, "FRACTIONAL", 4, 5, List.of(new MadeAnnotation.Frame(1, 5, row(0, 49, 50, 51, 100))));
        assertThat(voxels(AnnotationReader.read(fractional, source()), 1)).containsExactly(22, 23, 24);
        Path labels = MadeAnnotation.segmentation(
                folder, "LABELMAP", 4, 5, List.of(new MadeAnnotation.Frame(1, 5, row(0, 3, 3, 200, 0))));
        Annotation read = AnnotationReader.read(labels, source());
        assertThat(voxels(read, 3)).containsExactly(21, 22);
        assertThat(voxels(read, 200)).containsExactly(23);
    }

    @Test
    void whatLiesOffTheSlicesIsTold() throws Exception {
        Path file = MadeAnnotation.segmentation(
                folder, "BINARY", 4, 5, List.of(new MadeAnnotation.Frame(1, 20, row(1, 1, 0, 0, 0))));
        assertThat(AnnotationReader.read(file, source()).leftOut())
                .containsExactly("frame 1: 2 pixels lie on no voxel of the grid");
    }

    @Test
    void whatIsNoAnnotationIsRefused() throws Exception {
        SourceSeries source = source();
        Path slice = MadeSeries.write(folder, MadeSeries.on(GRID)).get(0);
        assertThatThrownBy(() -> AnnotationReader.read(slice, source))
                .isInstanceOf(UnusableSeriesException.class)
                .hasMessageContaining("is no BINARY, FRACTIONAL or LABELMAP segmentation");
        assertThat(AnnotationReader.descriptions(slice)).isEmpty();
        assertThatThrownBy(() -> AnnotationReader.read(FOLDER.resolve("dcmqi-label.dcm"), source))
                .isInstanceOf(UnusableSeriesException.class)
                .hasMessageContaining("another Frame of Reference UID (0020,0052)");
    }

    private SourceSeries source() throws Exception {
        return new SeriesReader()
                .read(MadeSeries.write(folder, MadeSeries.on(GRID)))
                .source();
    }

    /** The first row, and nothing in the three below. */
    private static int[] row(int... pixels) {
        return java.util.Arrays.copyOf(pixels, 20);
    }

    private static BitSet onlySegment(Annotation read) {
        assertThat(read.segments()).hasSize(1);
        return read.segments().get(0).voxels();
    }

    private static int[] voxels(Annotation read, int number) {
        return read.segments().stream()
                .filter(segment -> segment.description().number() == number)
                .findFirst()
                .orElseThrow()
                .voxels()
                .stream()
                .toArray();
    }
}
