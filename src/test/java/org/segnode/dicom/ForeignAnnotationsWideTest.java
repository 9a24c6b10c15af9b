package org.segnode.dicom;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.aoju.bus.image.Tag;
import org.aoju.bus.image.galaxy.data.Attributes;
import org.aoju.bus.image.galaxy.data.VR;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.segnode.volume.Grid;
import org.segnode.volume.Position;
import org.segnode.volume.Shape;

/**
 * All annotations of the test data of {@code -Dsegnode.data}, against the label maps beside them, pydicom 3.0.2's pixels, and contours
 * filled with numpy.
 */
class ForeignAnnotationsWideTest {
    /** Fills a gap of 202.5 mm, as the series has one. */
    private static final GeometryPolicy ANY_GAP = new GeometryPolicy(true, true, 1000, true, true);

    private final Path data = Path.of(System.getProperty("segnode.data", ""));

    @TempDir
    Path folder;

    @BeforeEach
    void onlyWithTheData() {
        assumeTrue(System.getProperty("segnode.data") != null, "-Dsegnode.data names no folder of test data");
    }

    @ParameterizedTest(name = "{0} on {1}")
    @CsvSource({
        "dcmqi/24x38x3/seg/label.seg, dcmqi/24x38x3/image, 315",
        "dcmqi/24x38x3/seg/label.seg, dcmqi/24x38x3/multiframe, 315",
        "dcmqi/liver.dcm, dcmqi/ct-3slice, 107098",
        "pydicom/liver.dcm, dcmqi/ct-3slice, 107098",
        "pydicom/liver_rle.dcm, dcmqi/ct-3slice, 107098",
        "pydicom/liver_deflate.dcm, dcmqi/ct-3slice, 107098",
        "highdicom/seg_image_ct_binary.dcm, highdicom/source-ct-77654033-CT2, 638",
        "highdicom/seg_image_ct_binary_fractional.dcm, highdicom/source-ct-77654033-CT2, 638"
    })
    void segmentationsLieOnTheirSeries(String seg, String series, int voxels) throws Exception {
        Path root = data.resolve("ref-seg");
        SourceSeries source = new SeriesReader()
                .read(MadeSeries.files(root.resolve(series).toString()), ANY_GAP)
                .source();
        assertThat(source.isEven()).isEqualTo(!series.contains("CT2"));
        Annotation read = AnnotationReader.read(root.resolve(seg), source);
        assertThat(read.leftOut()).isEmpty();
        assertThat(read.segments().get(0).voxels().cardinality()).isEqualTo(voxels);
    }

    @Test
    void aSegmentationOfOneFrameHasAGridOfOneSlice() throws Exception {
        Path file = data.resolve("ref-seg/highdicom/seg_image_ct_binary_single_frame.dcm");
        Grid grid = AnnotationReader.grid(file);
        BitSet voxels = AnnotationReader.read(file, grid).segments().get(0).voxels();
        assertThat(grid.shape()).isEqualTo(new Shape(1, 128, 128));
        assertThat(voxels.cardinality()).isEqualTo(1832);
        assertThat(hash(voxels, grid.shape())).isEqualTo("1fd0618416e7f8a2");
    }

    @Test
    void contoursOfRtUtilsAreFilledWithTheirHole() throws Exception {
        Annotation read = AnnotationReader.read(data.resolve("ref-rtstruct/rt-utils-mock/rt.dcm"), rtUtils());
        assertThat(counts(read)).containsExactly(List.of(1443L, 0L));
        assertThat(read.leftOut()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"invalid_reference_rt.dcm", "non_existent_reference_rt.dcm"})
    void wrongReferencesDoNotMatterAndWhatLiesAboveTheSeriesIsTold(String name) throws Exception {
        Annotation read =
                AnnotationReader.read(data.resolve("ref-rtstruct/rt-utils-mock").resolve(name), rtUtils());
        assertThat(counts(read))
                .containsExactly(
                        List.of(3010L, 1966L), List.of(1415L, 2282L), List.of(2747L, 1772L), List.of(2419L, 4535L));
        assertThat(read.leftOut()).hasSize(4).allMatch(words -> words.contains("5 mm off the nearest slice"));
    }

    @Test
    void tenRegionsOfDicompylerAreFilledOnSlicesLikeTheirs() throws Exception {
        Grid grid = new Grid(
                new Shape(98, 512, 512),
                new Position(-275, -524, -122.44),
                new Position(0, 0, 3),
                new Position(0, 1.074219, 0),
                new Position(1.074219, 0, 0));
        List<Attributes> slices = MadeSeries.on(grid);
        slices.forEach(slice ->
                slice.setString(Tag.FrameOfReferenceUID, VR.UI, "2.16.840.1.113662.2.12.0.3057.1241703565.36"));
        SourceSeries source =
                new SeriesReader().read(MadeSeries.write(folder, slices)).source();
        Annotation read = AnnotationReader.read(data.resolve("ref-rtstruct/dicompyler/rtss.dcm"), source);
        assertThat(read.segments().stream().map(s -> s.voxels().cardinality()))
                .containsExactly(4298701, 0, 378, 115775, 127003, 578732, 192, 152, 3793, 18479);
        assertThat(read.segments().get(5).description().label()).isEqualTo("Lt Lung");
        assertThat(read.leftOut()).isEmpty();
    }

    private SourceSeries rtUtils() throws Exception {
        List<Path> slices = new ArrayList<>();
        try (Stream<Path> files = Files.list(data.resolve("ref-rtstruct/rt-utils-mock"))) {
            files.filter(file -> file.getFileName().toString().startsWith("ct_"))
                    .sorted()
                    .forEach(slices::add);
        }
        return new SeriesReader().read(slices).source();
    }

    /** Voxels of each region in each of two slices. */
    private static List<List<Long>> counts(Annotation read) {
        int plane = read.shape().rows() * read.shape().columns();
        return read.segments().stream()
                .map(segment -> {
                    long low = segment.voxels().stream().filter(i -> i < plane).count();
                    return List.of(low, segment.voxels().cardinality() - low);
                })
                .toList();
    }

    /** The first 16 digits of SHA-256 over the bits, the first voxel in the lowest. */
    static String hash(BitSet voxels, Shape shape) throws Exception {
        byte[] bytes = Arrays.copyOf(voxels.toByteArray(), (shape.voxels() + 7) / 8);
        return HexFormat.of()
                .formatHex(MessageDigest.getInstance("SHA-256").digest(bytes))
                .substring(0, 16);
    }
}
