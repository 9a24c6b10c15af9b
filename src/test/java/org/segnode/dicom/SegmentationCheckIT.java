package org.segnode.dicom;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.segnode.peers.PythonTool;
import org.segnode.peers.Storescu;
import org.segnode.volume.Grid;
import org.segnode.volume.LabelMap;
import org.segnode.volume.Shape;

/** Segmentations of real series, judged by pydicom, highdicom, dciodvfy and dcentvfy. */
class SegmentationCheckIT {
    @TempDir
    Path folder;

    static Stream<Arguments> sources() {
        String data = "src/test/resources/dicom/";
        return Stream.of(
                Arguments.of("axial MR", "dicom-samples/case-006/series"),
                Arguments.of("oblique MR", data + "oblique-mr"),
                Arguments.of("sagittal MR", data + "sagittal-mr"),
                Arguments.of("JPEG 2000 CT", data + "j2k-ct"),
                Arguments.of("pixels that are not square", data + "non-square-pixels"),
                Arguments.of("enhanced MR", data + "enhanced-mr"),
                Arguments.of("legacy converted CT", data + "enhanced-ct"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("sources")
    void noCheckerFindsAnything(String name, String series) throws Exception {
        DicomSeries read = new SeriesReader().read(MadeSeries.files(series));
        check(series, read.source(), ellipsoids(read.volume().grid()));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("sources")
    void noCheckerFindsAnythingWhenNothingWasFound(String name, String series) throws Exception {
        DicomSeries read = new SeriesReader().read(MadeSeries.files(series));
        Grid grid = read.volume().grid();
        check(series, read.source(), new LabelMap(grid, new short[grid.shape().voxels()]));
    }

    private void check(String series, SourceSeries source, LabelMap map) throws Exception {
        Path seg = folder.resolve("seg.dcm");
        SegmentationWriterTest.written(
                map, source, SegmentationWriterTest.meanings(1, 2, 3), SegmentationWriterTest.ORIGIN, seg);
        Path expected = ExpectedLabels.write(map, folder.resolve("expected.nii"));
        Storescu.Result result = PythonTool.run(
                folder,
                "segcheck.py",
                seg.toString(),
                "--source",
                Path.of(series).toAbsolutePath().toString(),
                "--expect",
                expected.toString());
        List<String> lines = result.output().lines().toList();
        assertThat(lines).noneMatch(line -> line.startsWith("FAIL")).contains("PASS");
        if (System.getProperty("it.require", "").isEmpty() && !dicom3tools()) {
            return;
        }
        assertThat(lines).noneMatch(line -> line.startsWith("SKIP: dc"));
    }

    private static boolean dicom3tools() {
        return Files.isExecutable(Path.of("/usr/bin/dciodvfy"));
    }

    /** Two halves of an ellipsoid off the centre, labels 1 and 3; label 2 is nowhere. Every flip or shift shows. */
    private static LabelMap ellipsoids(Grid grid) {
        Shape shape = grid.shape();
        short[] labels = new short[shape.voxels()];
        for (int k = 0; k < shape.slices(); k++) {
            for (int j = 0; j < shape.rows(); j++) {
                for (int i = 0; i < shape.columns(); i++) {
                    double s = (k - 0.6 * shape.slices()) / shape.slices();
                    double r = (j - 0.4 * shape.rows()) / (0.3 * shape.rows());
                    double c = (i - 0.3 * shape.columns()) / (0.2 * shape.columns());
                    if (s * s + r * r + c * c < 1) {
                        labels[shape.index(k, j, i)] = (short) (c > 0.2 ? 3 : 1);
                    }
                }
            }
        }
        return new LabelMap(grid, labels);
    }
}
