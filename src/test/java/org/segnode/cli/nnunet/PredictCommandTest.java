package org.segnode.cli.nnunet;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.segnode.cli.Segnode;
import org.segnode.volume.io.VolumeFiles;

/** A cascade below the node's data folder: tiny networks that nnU-Net trained and predicted with. */
class PredictCommandTest {
    private static final Path GOLDEN = Path.of("src/test/resources/golden/inference");
    private static final String DATASET = "Dataset501_Labels";
    private static final String CASCADE = "nnUNetTrainer__nnUNetPlans__3d_cascade_fullres";
    private static final String FIRST_STAGE = "nnUNetTrainer__nnUNetPlans__3d_lowres";

    @TempDir
    Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private NodeHome home;

    @BeforeEach
    void moveIn() throws IOException {
        home = new NodeHome(folder);
        Files.createDirectories(home.results().resolve(DATASET));
        Files.createDirectories(folder.resolve("in"));
        Files.copy(GOLDEN.resolve("inputs/" + DATASET + "/in1_0000.nii.gz"), folder.resolve("in/in1_0000.nii.gz"));
        install(CASCADE);
    }

    @AfterEach
    void moveOut() {
        home.close();
    }

    @Test
    void aCascadeIsRunInOneCall() throws IOException {
        install(FIRST_STAGE);
        assertThat(predict("predict", "-d", "501", "-c", "3d_cascade_fullres"))
                .as(err::toString)
                .isZero();
        assertThat(sameVoxels()).isGreaterThanOrEqualTo(0.999);
    }

    @Test
    void aCascadeIsRunFromItsModelFolderToo() throws IOException {
        install(FIRST_STAGE);
        Path model = home.results().resolve(DATASET).resolve(CASCADE);
        assertThat(predict("predict-from-modelfolder", "-m", model.toString()))
                .as(err::toString)
                .isZero();
        assertThat(sameVoxels()).isGreaterThanOrEqualTo(0.999);
    }

    @Test
    void saysThatTheFirstStageIsMissing() {
        assertThat(predict("predict", "-d", DATASET, "-c", "3d_cascade_fullres"))
                .isEqualTo(1);
        assertThat(err.toString())
                .contains("needs the labels of 3d_lowres")
                .contains("folder " + FIRST_STAGE + " beside it")
                .contains("1 cases could not be predicted: in1");
    }

    private void install(String model) throws IOException {
        NodeHome.copy(
                GOLDEN.resolve("models").resolve(DATASET).resolve(model),
                home.results().resolve(DATASET).resolve(model));
    }

    private int predict(String... arguments) {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("-i", folder.resolve("in").toString()));
        all.addAll(List.of("-o", folder.resolve("out").toString(), "--disable_progress_bar"));
        return Segnode.commandLine()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(all.toArray(String[]::new));
    }

    private double sameVoxels() throws IOException {
        Path recorded = GOLDEN.resolve("results/" + DATASET + "/3d_cascade_fullres/plain/in1.nii.gz");
        short[] expected = VolumeFiles.readLabels(recorded).labels();
        short[] actual =
                VolumeFiles.readLabels(folder.resolve("out/in1.nii.gz")).labels();
        int same = 0;
        for (int i = 0; i < expected.length; i++) {
            same += expected[i] == actual[i] ? 1 : 0;
        }
        return same / (double) expected.length;
    }
}
