package org.segnode.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.segnode.volume.io.VolumeFiles;

class PredictIT {
    private static final Path REFERENCE = Path.of("src/test/resources/reference");

    @TempDir
    Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int predict(Path input, String... more) {
        List<String> arguments =
                new ArrayList<>(List.of("predict-from-modelfolder", "-m", "src/models/hippocampus-3d"));
        arguments.addAll(
                List.of("-i", input.toString(), "-o", folder.resolve("out").toString(), "-f", "0"));
        arguments.addAll(List.of(more));
        return Segnode.commandLine()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(arguments.toArray(String[]::new));
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
        assertThat(predict(inputs("hippocampus_225", "hippocampus_251"), "--disable_tta"))
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
        assertThat(predict(inputs, "--continue_prediction", "-num_parts", "2", "-part_id", "1"))
                .isZero();
        assertThat(out.toString()).contains("nothing to predict");
        assertThat(there).hasContent("earlier");
    }

    @Test
    void namesTheCaseThatCannotBeRead() throws IOException {
        Path inputs = Files.createDirectories(folder.resolve("in"));
        Files.writeString(inputs.resolve("broken_0000.nii.gz"), "no image");
        assertThat(predict(inputs)).isEqualTo(1);
        assertThat(err.toString()).contains("broken_0000.nii.gz");
    }
}
