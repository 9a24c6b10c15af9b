package org.segnode.cli.nnunet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.segnode.cli.Segnode;
import org.segnode.preprocess.Probabilities;
import org.segnode.preprocess.SavedProbabilities;
import org.segnode.volume.LabelMap;
import org.segnode.volume.io.VolumeFiles;

/**
 * {@code segnode predict-from-modelfolder} and {@code ensemble} against nnU-Net's own predictions: at least 99.99 % of the
 * voxels, Dice 0.999 for each label, probabilities within 0.005. With {@code -Dsegnode.models} all recorded probabilities.
 */
class PredictIT {
    private static final Path MODEL_3D = Path.of("src/models/hippocampus-3d");
    private static final Path MODEL_2D = Path.of("src/test/resources/models/hippocampus-2d");
    private static final Path MODEL_REGIONS = Path.of("src/test/resources/models/hippocampus-regions-3d");
    private static final Path REFERENCE = Path.of("src/test/resources/reference");

    /** Half-precision sums are taken in another order than PyTorch's. */
    private static final float PROBABILITY_TOLERANCE = 5e-3f;

    @TempDir
    Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int segnode(List<String> arguments) {
        return Segnode.commandLine()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(arguments.toArray(String[]::new));
    }

    private void predict(Path model, Path output, List<String> options) {
        List<String> all = new ArrayList<>(List.of("predict-from-modelfolder", "-m", model.toString(), "-i"));
        all.addAll(List.of(REFERENCE.resolve("inputs").toString(), "-o", output.toString()));
        all.addAll(List.of("--save_probabilities", "--disable_progress_bar"));
        all.addAll(options);
        assertThat(segnode(all)).as(err.toString()).isZero();
    }

    static Stream<Arguments> recorded() {
        return Stream.of(
                arguments("3d-fold0", MODEL_3D, List.of("-f", "0")),
                arguments("3d-fold0-no-mirroring", MODEL_3D, List.of("-f", "0", "--disable_tta")),
                arguments("region-fold1", MODEL_REGIONS, List.of("-f", "1")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("recorded")
    void agreesWithNnUNet(String name, Path model, List<String> options) throws IOException {
        predict(model, folder, options);
        agrees(folder, name, model.getFileName().toString());
    }

    @Test
    void twoFoldsAndTheEnsembleOfTwoModelsAgreeWithNnUNet() throws IOException {
        Path three = folder.resolve("3d-folds01");
        Path two = folder.resolve("2d-folds01");
        Path both = folder.resolve("both");
        predict(MODEL_3D, three, List.of("-f", "0", "1"));
        predict(MODEL_2D, two, List.of("-f", "0", "1"));
        agrees(three, "3d-folds01", "hippocampus-3d");
        agrees(two, "2d-folds01", "hippocampus-2d");
        List<String> ensemble = List.of("ensemble", "-i", three.toString(), two.toString(), "-o", both.toString());
        List<String> arguments = new ArrayList<>(ensemble);
        arguments.add("--save_npz");
        assertThat(segnode(arguments)).as(err.toString()).isZero();
        agrees(both, "ensemble-2d-3d", "hippocampus-ensemble");
    }

    private static void agrees(Path folder, String name, String model) throws IOException {
        try (Stream<Path> files = Files.list(REFERENCE.resolve(name))) {
            for (Path file :
                    files.filter(each -> each.toString().endsWith(".nii.gz")).toList()) {
                agree(
                        name + " " + file.getFileName(),
                        VolumeFiles.readLabels(folder.resolve(file.getFileName())),
                        VolumeFiles.readLabels(file));
            }
        }
        String npz = "hippocampus_251.npz";
        Path wide = Path.of(System.getProperty("segnode.models", "none"), model, "reference-predictions", name, npz);
        for (Path expected : List.of(REFERENCE.resolve(name).resolve(npz), wide)) {
            if (Files.exists(expected)) {
                agree(name, SavedProbabilities.read(folder.resolve(npz)), SavedProbabilities.read(expected));
            }
        }
    }

    private static void agree(String name, LabelMap found, LabelMap expected) {
        int[] both = new int[3];
        int different = 0;
        for (int i = 0; i < found.labels().length; i++) {
            boolean same = found.labels()[i] == expected.labels()[i];
            both[expected.labels()[i]] += same ? 1 : 0;
            different += same ? 0 : 1;
        }
        System.out.printf("%s: %d of %d voxels differ%n", name, different, found.labels().length);
        assertThat(different).as(name).isLessThanOrEqualTo(found.labels().length / 10_000);
        for (int label = 1; label <= 2; label++) {
            double dice = 2.0 * both[label] / (found.count(label) + expected.count(label));
            assertThat(dice).as("%s: label %d", name, label).isGreaterThanOrEqualTo(0.999);
        }
    }

    private static void agree(String name, Probabilities found, Probabilities expected) {
        assertThat(found.shape()).isEqualTo(expected.shape());
        float largest = 0;
        for (int head = 0; head < expected.heads().length; head++) {
            for (int i = 0; i < expected.heads()[head].length; i++) {
                largest = Math.max(largest, Math.abs(found.heads()[head][i] - expected.heads()[head][i]));
            }
        }
        System.out.printf("%s: probabilities differ by %s at most%n", name, largest);
        assertThat(largest).as(name).isLessThanOrEqualTo(PROBABILITY_TOLERANCE);
    }

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource({
        "-f, 7, 1, fold_7",
        "-step_size, 0, 1, step",
        "-part_id, 1, 2, -part_id must be from 0",
        "-m, nowhere, 1, no such file",
        "-i, nowhere, 1, a folder of cases is needed",
        "-device, abacus, 1, a device is cpu",
        "--postprocessing, nowhere.json, 1, no such file",
        "--verbos, 1, 2, Unknown option",
    })
    void refusesWhatMakesNoSense(String option, String value, int exit, String reason) {
        List<String> all = new ArrayList<>(List.of("predict-from-modelfolder", "-o", folder.toString(), option, value));
        if (!option.equals("-m")) {
            all.addAll(List.of("-m", MODEL_3D.toString()));
        }
        if (!option.equals("-i")) {
            all.addAll(List.of("-i", REFERENCE.resolve("inputs").toString()));
        }
        assertThat(segnode(all)).isEqualTo(exit);
        assertThat(err.toString()).contains(reason);
    }

    private int predictCases(Path input, String... more) {
        List<String> arguments =
                new ArrayList<>(List.of("predict-from-modelfolder", "-m", "src/models/hippocampus-3d"));
        arguments.addAll(
                List.of("-i", input.toString(), "-o", folder.resolve("out").toString(), "-f", "0"));
        arguments.addAll(List.of(more));
        return segnode(arguments);
    }

    private Path inputs(String... cases) throws IOException {
        Path inputs = Files.createDirectories(folder.resolve("in"));
        for (String name : cases) {
            Files.copy(
                    REFERENCE.resolve("inputs").resolve(name + "_0000.nii.gz"), inputs.resolve(name + "_0000.nii.gz"));
        }
        return inputs;
    }

    @Test
    void predictsAFolderAsNnUNetDoes() throws IOException {
        assertThat(predictCases(inputs("hippocampus_225", "hippocampus_251"), "--disable_tta"))
                .as(err.toString())
                .isZero();
        for (String file : List.of("hippocampus_225.nii.gz", "hippocampus_251.nii.gz")) {
            assertThat(VolumeFiles.readLabels(folder.resolve("out").resolve(file))
                            .labels())
                    .isEqualTo(VolumeFiles.readLabels(
                                    REFERENCE.resolve("3d-fold0-no-mirroring").resolve(file))
                            .labels());
        }
        assertThat(folder.resolve("out/plans.json")).exists();
    }

    @Test
    void takesItsPartOfTheCasesAndLeavesOutThoseThatAreThere() throws IOException {
        Path inputs = inputs("hippocampus_225", "hippocampus_251");
        Path there = Files.createDirectories(folder.resolve("out")).resolve("hippocampus_251.nii.gz");
        Files.writeString(there, "earlier");
        assertThat(predictCases(inputs, "--continue_prediction", "-num_parts", "2", "-part_id", "1"))
                .isZero();
        assertThat(out.toString()).contains("0 cases predicted into");
        assertThat(there).hasContent("earlier");
    }

    @Test
    void namesTheCaseThatCannotBeRead() throws IOException {
        Path inputs = Files.createDirectories(folder.resolve("in"));
        Files.writeString(inputs.resolve("broken_0000.nii.gz"), "no image");
        assertThat(predictCases(inputs)).isEqualTo(1);
        assertThat(err.toString()).contains("broken_0000.nii.gz");
    }

    @Test
    void predictRefusesWithoutTheFolderOfResults() {
        assertThat(segnode(List.of("predict", "-i", "in", "-o", "out", "-d", "Dataset004_Hippocampus", "-c", "2d")))
                .isEqualTo(1);
        assertThat(err.toString()).contains("nnUNet_results");
    }

    @Test
    void ensembleRefusesOneFolderAndFoldersWithoutProbabilities() throws IOException {
        String golden = "src/test/resources/golden/ensemble/labels_ties/";
        assertThat(segnode(List.of("ensemble", "-i", golden + "model0", "-o", folder.toString())))
                .isEqualTo(2);
        assertThat(segnode(List.of("ensemble", "-i", golden + "model0", folder.toString(), "-o", folder + "/out")))
                .isEqualTo(1);
        assertThat(err.toString()).contains("at least two folders").contains("has no saved probabilities");
    }

    @Test
    void ensemblePrintsWhatItsMembersSay() throws IOException {
        String golden = "src/test/resources/golden/ensemble/regions_odd_order/";
        assertThat(segnode(List.of("ensemble", "-i", golden + "model0", golden + "model1", "-o", folder.toString())))
                .isZero();
        assertThat(out.toString()).containsPattern("case .*model1: probabilities from 0\\.\\d+ to [01]\\.\\d+, mean");
    }

    @Test
    void explainsAtWhichStepAMaskBecameEmpty() throws IOException {
        assertThat(predictCases(inputs("hippocampus_225"), "--disable_tta", "--explain"))
                .as(err.toString())
                .isZero();
        assertThat(err.toString())
                .contains("hippocampus_225: not empty")
                .contains("foreground on the grid of the case: 2380 of 26 x 53 x 33 voxels");
    }
}
