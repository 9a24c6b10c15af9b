package org.segnode.dicom;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.segnode.peers.PythonTool;
import org.segnode.peers.Storescu;
import org.segnode.volume.LabelMap;
import org.segnode.volume.Shape;

/** Results of real series, judged by pydicom, highdicom, dciodvfy and dcentvfy. */
class ResultCheckIT {
    private static final Set<ResultForm> FORMS = EnumSet.allOf(ResultForm.class);

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
        check(series, read, ellipsoids(read.source().shape()));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("sources")
    void noCheckerFindsAnythingWhenNothingWasFound(String name, String series) throws Exception {
        DicomSeries read = new SeriesReader().read(MadeSeries.files(series));
        check(series, read, new short[read.source().shape().voxels()]);
    }

    private void check(String series, DicomSeries read, short[] labels) throws Exception {
        SegmentedSeries result = new SegmentedSeries(
                        new SourceLabels(read.source(), labels),
                        read.sourceValues(),
                        SegmentationWriterTest.meanings(1, 2, 3),
                        SegmentationWriterTest.ORIGIN)
                .asCertain();
        List<ResultObject> written = Results.write(FORMS, result, (form, number, uid) -> file(form, number));
        Path expected =
                ExpectedLabels.write(new LabelMap(read.source().grid(), labels), folder.resolve("expected.nii"));
        String source = Path.of(series).toAbsolutePath().toString();
        requireValid(written, series);
        for (String[] tool : new String[][] {
            {"segcheck.py", "seg.dcm"},
            {"segcheck.py", "labelmap.dcm"},
            {"segcheck.py", "fractional.dcm", "--argmax"},
            {"rtcheck.py", "rtstruct.dcm", "--min-dice", "1", "--boundary", "0"},
            {"srcheck.py", "sr.dcm", "--seg", "seg.dcm"}
        }) {
            List<String> arguments = new ArrayList<>(List.of(tool).subList(2, tool.length));
            arguments.addAll(0, List.of(tool[1], "--source", source));
            if (!tool[0].startsWith("sr")) {
                arguments.addAll(List.of("--expect", expected.toString()));
            }
            requireNoFindings(PythonTool.run(folder, tool[0], arguments.toArray(String[]::new)), tool[1]);
        }
    }

    /** Of dciodvfy and dcentvfy no errors, and what pydicom makes of it, for the forms without a checker of their own too. */
    private void requireValid(List<ResultObject> written, String series) throws Exception {
        for (ResultObject object : written) {
            Storescu.Result result = PythonTool.run(
                    folder,
                    "validate.py",
                    object.file().toString(),
                    Path.of(series).toAbsolutePath().toString());
            requireNoFindings(result, object.file().getFileName().toString());
        }
    }

    private Path file(ResultForm form, int number) {
        return folder.resolve(number == 1 ? form.word() + ".dcm" : form.word() + "-" + number + ".dcm");
    }

    private static void requireNoFindings(Storescu.Result result, String what) {
        List<String> lines = result.output().lines().toList();
        assertThat(lines).as(what).noneMatch(line -> line.startsWith("FAIL")).contains("PASS");
        if (!System.getProperty("it.require", "").isEmpty() || dicom3tools()) {
            assertThat(lines).as(what).noneMatch(line -> line.startsWith("SKIP: dc") && !line.contains("Label Map"));
        }
    }

    private static boolean dicom3tools() {
        return Files.isExecutable(Path.of("/usr/bin/dciodvfy"));
    }

    /** Two halves of an ellipsoid off the centre, labels 1 and 3; label 2 is nowhere. Every flip or shift shows. */
    private static short[] ellipsoids(Shape shape) {
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
        return labels;
    }
}
