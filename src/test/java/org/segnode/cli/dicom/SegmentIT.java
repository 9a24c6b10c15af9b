package org.segnode.cli.dicom;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.segnode.cli.Segnode;
import org.segnode.dicom.DicomSeries;
import org.segnode.dicom.FractionalReader;
import org.segnode.dicom.SegmentationReader;
import org.segnode.dicom.SeriesReader;
import org.segnode.evaluation.Overlap;
import org.segnode.plan.Region;
import org.segnode.volume.LabelMap;
import org.segnode.volume.Orientation;
import org.segnode.volume.Reorientation;
import org.segnode.volume.io.VolumeFiles;

/** {@code segnode segment} against nnU-Net's own predictions. */
class SegmentIT {
    private static final Path MODEL = Path.of("src/models/hippocampus-3d");
    private static final Path REFERENCE = Path.of("src/test/resources/reference");

    /** Half-precision sums are taken in another order than PyTorch's: voxels on the border of two labels may differ. */
    private static final double LOWEST_DICE = 0.99;

    @TempDir
    Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int segment(String... arguments) {
        List<String> all = new ArrayList<>(List.of("segment"));
        all.addAll(List.of(arguments));
        return Segnode.commandLine()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(all.toArray(String[]::new));
    }

    static Stream<Arguments> settings() {
        return Stream.of(
                arguments("3d-fold0", List.of("-f", "0")),
                arguments("3d-fold0-no-mirroring", List.of("-f", "0", "--disable_tta")),
                arguments("3d-folds01", List.of("-f", "0", "1")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("settings")
    void agreesWithNnUNetOnSixCases(String reference, List<String> options) throws IOException {
        agrees(MODEL, REFERENCE.resolve("inputs"), REFERENCE.resolve(reference), options);
    }

    private void agrees(Path model, Path inputs, Path reference, List<String> options) throws IOException {
        List<String> arguments = new ArrayList<>(List.of("-m", model.toString(), "-i", inputs.toString(), "-o"));
        arguments.add(folder + "/");
        arguments.addAll(options);
        assertThat(segment(arguments.toArray(String[]::new))).as(err.toString()).isZero();
        try (Stream<Path> files = Files.list(inputs)) {
            for (Path file : files.filter(each -> each.toString().endsWith("_0000.nii.gz"))
                    .toList()) {
                String name = file.getFileName().toString().replace("_0000", "");
                assertAgree(
                        name,
                        VolumeFiles.readLabels(folder.resolve(name)),
                        VolumeFiles.readLabels(reference.resolve(name)));
            }
        }
    }

    private static void assertAgree(String name, LabelMap found, LabelMap expected) {
        for (int label = 1; label <= 2; label++) {
            double dice = Overlap.of(found, expected, Region.of("label", label)).dice();
            assertThat(dice).as(name + " label " + label).isGreaterThanOrEqualTo(LOWEST_DICE);
        }
    }

    /** The sample was made from case 006, turned from RAS to LPS; its values are rounded to whole numbers. */
    @Test
    void aDicomSeriesIsBroughtIntoTheOrientationOfTheModelAndBack() throws Exception {
        Path seg = folder.resolve("seg.dcm");
        Path series = Path.of("dicom-samples/case-006/series");
        assertThat(segment("-m", MODEL.toString(), "-i", series.toString(), "-o", seg.toString(), "-f", "0"))
                .as(err.toString())
                .isZero();
        LabelMap expected = VolumeFiles.readLabels(REFERENCE.resolve("3d-fold0/hippocampus_006.nii.gz"));
        LabelMap turned =
                Reorientation.between(Orientation.RAS, Orientation.LPS).apply(expected);
        LabelMap found = SegmentationReader.read(
                seg,
                new SeriesReader()
                        .read(InputFiles.below(List.of(series)))
                        .volume()
                        .grid());
        assertAgree("case-006", found, turned);
        assertThat(out.toString()).contains(seg.toString()).contains(" ml");
    }

    /** The labels are those of the SEG; only where two are equally probable within a byte may the largest be another. */
    @Test
    void theLargestProbabilityOfEachVoxelIsTheLabelOfTheSegmentation() throws Exception {
        Path series = Path.of("dicom-samples/case-006/series");
        assertThat(segment(
                        "-m",
                        MODEL.toString(),
                        "-i",
                        series.toString(),
                        "-o",
                        folder + "/",
                        "--as",
                        "seg",
                        "fractional",
                        "-f",
                        "0"))
                .as(err.toString())
                .isZero();
        DicomSeries read = new SeriesReader().read(InputFiles.below(List.of(series)));
        short[] labels = SegmentationReader.read(
                        folder.resolve("seg.dcm"), read.volume().grid())
                .labels();
        Map<Integer, byte[]> levels = FractionalReader.read(folder.resolve("fractional.dcm"), read.source());
        assertThat(levels).containsOnlyKeys(1, 2);
        int different = 0;
        for (int i = 0; i < labels.length; i++) {
            int[] level = {
                0, Objects.requireNonNull(levels.get(1))[i] & 0xff, Objects.requireNonNull(levels.get(2))[i] & 0xff
            };
            level[0] = 255 - level[1] - level[2];
            int most = Math.max(level[0], Math.max(level[1], level[2]));
            assertThat(level[labels[i]]).as("voxel " + i).isGreaterThanOrEqualTo(most - 1);
            different += level[labels[i]] < most ? 1 : 0;
        }
        assertThat(different).as("voxels that rounding gives to another label").isLessThan(labels.length / 10_000);
    }

    @Test
    void aDicomSeriesAsNiftiAndWhatWasFoundAsJson() throws Exception {
        Path labels = folder.resolve("labels.nii.gz");
        String series = "dicom-samples/case-251/series";
        assertThat(segment(
                        "-m",
                        MODEL.toString(),
                        "-i",
                        series,
                        "-o",
                        labels.toString(),
                        "--as",
                        "nifti",
                        "--json",
                        "-f",
                        "0",
                        "--disable_tta"))
                .as(err.toString())
                .isZero();
        LabelMap found = VolumeFiles.readLabels(labels);
        double millilitres = new ObjectMapper()
                .readTree(out.toString())
                .at("/0/found/0/millilitres")
                .asDouble();
        assertThat(millilitres).isEqualTo(Overlap.millilitres(found, 1)).isGreaterThan(1);
    }

    @Test
    void aModelThatDoesNotSayItsOrientationRefusesDicomUntilItIsGiven() throws IOException {
        Path bare = folder.resolve("bare");
        Files.createDirectories(bare.resolve("fold_0"));
        for (String name : List.of("dataset.json", "plans.json", "fold_0/checkpoint_final.pth")) {
            Files.copy(MODEL.resolve(name), bare.resolve(name));
        }
        String series = "dicom-samples/case-251/series";
        String seg = folder.resolve("seg.dcm").toString();
        assertThat(segment("-m", bare.toString(), "-i", series, "-o", seg)).isEqualTo(1);
        assertThat(err.toString()).contains("--orientation RAS");
        assertThat(segment("-m", bare.toString(), "-i", series, "-o", seg, "--orientation", "RAS", "--disable_tta"))
                .as(err.toString())
                .isZero();
        assertThat(Path.of(seg)).exists();
    }

    @ParameterizedTest(name = "{0} {1} {2}")
    @CsvSource({
        "-o, out.dcm, --as, seg, 2, is not DICOM",
        "-o, out.nii.gz, -f, 7, 1, fold_7",
        "-o, out.nii.gz, -step_size, 0, 1, step",
        "-o, out.nii.gz, --orientation, XYZ, 2, three letters",
    })
    void refusesWhatMakesNoSense(String o, String output, String option, String value, int exit, String reason) {
        String input = REFERENCE.resolve("inputs/hippocampus_251_0000.nii.gz").toString();
        assertThat(segment(
                        "-m",
                        MODEL.toString(),
                        "-i",
                        input,
                        o,
                        folder.resolve(output).toString(),
                        option,
                        value))
                .isEqualTo(exit);
        assertThat(err.toString()).contains(reason);
    }

    static Stream<Arguments> crops() {
        return settings()
                .flatMap(setting -> Stream.of("study1", "study2")
                        .map(study -> arguments(study, setting.get()[0], setting.get()[1])));
    }

    /** Their right answer is the prediction of the input in RAS; they are not copied here, as their origin is not stated. */
    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("crops")
    @EnabledIfSystemProperty(
            named = "segnode.crops",
            matches = ".+",
            disabledReason =
                    "names the folder of the DICOM crops study1 and study2; segnode.models that of their predictions")
    void agreesWithNnUNetOnDicomCrops(String study, String reference, List<String> options) throws Exception {
        Path labels = folder.resolve("labels.nii.gz");
        List<String> arguments =
                new ArrayList<>(List.of("-m", MODEL.toString(), "-o", labels.toString(), "--as", "nifti"));
        arguments.addAll(List.of(
                "-i", Path.of(System.getProperty("segnode.crops"), study).toString()));
        arguments.addAll(options);
        assertThat(segment(arguments.toArray(String[]::new))).as(err.toString()).isZero();
        LabelMap expected = VolumeFiles.readLabels(Path.of(
                System.getProperty("segnode.models"),
                "hippocampus-3d/reference-predictions",
                reference,
                study + "-ras.nii.gz"));
        LabelMap found = VolumeFiles.readLabels(labels);
        Reorientation toFound = Reorientation.between(Orientation.of(expected.grid()), Orientation.of(found.grid()));
        assertAgree(study, found, toFound.apply(expected));
    }
}
