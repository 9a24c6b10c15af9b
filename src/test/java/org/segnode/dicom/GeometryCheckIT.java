package org.segnode.dicom;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.segnode.peers.PythonTool;
import org.segnode.peers.Storescu;
import org.segnode.volume.Grid;
import org.segnode.volume.LabelMap;
import org.segnode.volume.Shape;

/**
 * A mask that touches the borders goes from the network's grid to the slices of each series that is not refused, out as SEG,
 * LABELMAP and RTSTRUCT, and is the same for pydicom and highdicom. With {@code -Dsegnode.data} for all of the table in {@code geometry.md}.
 */
class GeometryCheckIT {
    /**
     * segcheck asks for frame numbers where a single-frame CT carries a Number of Frames of 1, as the IBSI phantom does; dciodvfy
     * calls them an error there. Who leaves them out of references to multi-frame objects fails in slicecheck.
     */
    private static final String STRAY_FRAMES = "reference to a multi-frame image without frame number";

    private static final List<ResultForm> FORMS = List.of(ResultForm.SEG, ResultForm.LABELMAP);

    @TempDir
    Path folder;

    record Source(String name, List<Path> files) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Source> sources() {
        String data = System.getProperty("segnode.data", "");
        if (data.isEmpty()) {
            return Stream.of("tilt-uneven-ct", "missing-slice-ct", "small-ct", "enhanced-ct")
                    .map(name -> new Source(name, MadeSeries.resource(name)));
        }
        return GeometryTable.rows().stream()
                .filter(row -> !row.decision().equals("REFUSED"))
                .map(row -> GeometryTable.in(Path.of(data, row.folder())).stream()
                        .filter(found -> row.isOf(row.folder(), found.seriesInstanceUid()))
                        .findFirst()
                        .map(found -> new Source(row.toString(), found.files()))
                        .orElseThrow());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("sources")
    void aMaskComesBackOnTheOriginalSlices(Source source) throws Exception {
        DicomSeries series = new SeriesReader().read(source.files());
        LabelMap found = mask(series.volume().grid());
        SourceLabels labels = series.onSource(found);
        assertThat(labels.labels()).contains((short) 1, (short) 3);
        String slices = copied(source.files()).toString();
        String raw = raw(labels).toString();
        String grid =
                ExpectedLabels.write(found, folder.resolve("expected.nii")).toString();
        for (ResultForm form : FORMS) {
            String object = write(form, labels, series).toString();
            requirePass("slicecheck.py", object, "--source", slices, "--expect", raw, "--labels", "1,2,3");
            if (series.source().isEven()) {
                requirePass("segcheck.py", object, "--source", slices, "--expect", grid);
            } else {
                requirePass("segcheck.py", object, "--source", slices);
            }
        }
        String contours = write(ResultForm.RTSTRUCT, labels, series).toString();
        if (series.source().isEven()) {
            requirePass(
                    "rtcheck.py", contours, "--source", slices, "--expect", grid, "--min-dice", "1", "--boundary", "0");
        } else {
            requireVoxels(requirePass("rtcheck.py", contours, "--source", slices), labels.labels());
        }
    }

    /** What the contours enclose, counted by the checker. */
    private static void requireVoxels(String output, short[] labels) {
        for (int label = 1; label <= 3; label++) {
            int count = 0;
            for (short each : labels) {
                count += each == label ? 1 : 0;
            }
            assertThat(output).contains("voxels of ROI " + label + ": " + count);
        }
    }

    private Path write(ResultForm form, SourceLabels labels, DicomSeries series) {
        SegmentedSeries result = new SegmentedSeries(
                labels,
                series.sourceValues(),
                SegmentationWriterTest.meanings(1, 2, 3),
                SegmentationWriterTest.ORIGIN.on(series.verdict()));
        Path object = folder.resolve(form.word() + ".dcm");
        Results.write(Set.of(form), result, (each, number, uid) -> object);
        return object;
    }

    @Test
    void theCheckerSeesASingleVoxelThatIsWrong() throws Exception {
        DicomSeries series = new SeriesReader().read(MadeSeries.resource("missing-slice-ct"));
        SourceLabels labels = series.onSource(mask(series.volume().grid()));
        Path seg = write(ResultForm.SEG, labels, series);
        short[] other = labels.labels().clone();
        other[other.length / 2] ^= 1;
        Storescu.Result result = PythonTool.run(
                folder,
                "slicecheck.py",
                seg.toString(),
                "--source",
                copied(MadeSeries.resource("missing-slice-ct")).toString(),
                "--expect",
                raw(new SourceLabels(series.source(), other)).toString(),
                "--labels",
                "1,2,3");
        assertThat(result.output()).contains("FAIL: 1 voxels differ");
    }

    private String requirePass(String tool, String... arguments) throws InterruptedException {
        Storescu.Result result = PythonTool.run(folder, tool, arguments);
        List<String> lines = result.output().lines().toList();
        assertThat(lines).noneMatch(line -> line.startsWith("FAIL") && !line.contains(STRAY_FRAMES));
        assertThat(lines).anyMatch(line -> line.startsWith("PASS") || line.contains(STRAY_FRAMES));
        return result.output();
    }

    /** The checkers look at a folder of one series. */
    private Path copied(List<Path> files) throws IOException {
        Path copies = Files.createDirectories(folder.resolve("source"));
        for (Path file : files) {
            Files.copy(file, copies.resolve(file.getFileName()));
        }
        return copies;
    }

    private Path raw(SourceLabels labels) throws IOException {
        ByteBuffer bytes =
                ByteBuffer.allocate(Short.BYTES * labels.labels().length).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asShortBuffer().put(labels.labels());
        return Files.write(folder.resolve("expected.raw"), bytes.array());
    }

    /** Label 1 fills the corner at the first voxel, label 3 reaches the last column; label 2 is nowhere. */
    private static LabelMap mask(Grid grid) {
        Shape shape = grid.shape();
        short[] labels = new short[shape.voxels()];
        for (int k = 0; k < shape.slices(); k++) {
            double u = (k + 0.5) / shape.slices();
            for (int j = 0; j < shape.rows(); j++) {
                double v = (j + 0.5) / shape.rows();
                for (int i = 0; i < shape.columns(); i++) {
                    double w = (i + 0.5) / shape.columns();
                    boolean corner = 0.4 * u + v + 1.7 * w < 0.8;
                    boolean bar = Math.abs(v - 0.72) < 0.15 && w > 0.5 + 0.3 * u;
                    labels[shape.index(k, j, i)] = (short) (corner ? 1 : bar ? 3 : 0);
                }
            }
        }
        return new LabelMap(grid, labels);
    }
}
