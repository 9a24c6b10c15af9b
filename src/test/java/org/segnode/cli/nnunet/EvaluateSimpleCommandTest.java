package org.segnode.cli.nnunet;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.segnode.cli.Segnode;

class EvaluateSimpleCommandTest {
    private static final Path FOLDER = Path.of("src/test/resources/org/segnode/evaluation/labels_ignore");

    @TempDir
    Path folder;

    private final StringWriter err = new StringWriter();

    @Test
    void comparesTheLabelsThatAreNamedAsNnunetDoes() throws IOException {
        Path summary = folder.resolve("summary.json");
        int exit = segnode(
                "evaluate-simple",
                FOLDER.resolve("ref").toString(),
                FOLDER.resolve("pred").toString(),
                "-l",
                "1",
                "2",
                "-il",
                "4",
                "-o",
                summary.toString());
        assertThat(exit).as(err::toString).isZero();
        assertThat(shortened(summary)).isEqualTo(shortened(FOLDER.resolve("summary_simple_ignore.json")));
    }

    @Test
    void saysThatAFolderHoldsNoImages() throws IOException {
        Files.createFile(folder.resolve("notes.txt"));
        assertThat(segnode("evaluate-simple", folder.toString(), folder.toString(), "-l", "1"))
                .isEqualTo(1);
        assertThat(err.toString()).contains("has no file whose ending a reader knows");
    }

    /** Without the folders; GoldenSummaryTest holds the last digits of the numbers. */
    private static String shortened(Path summary) throws IOException {
        return Files.readString(summary).replace(FOLDER + "/", "").replaceAll("(-?\\d+\\.\\d{10})\\d+", "$1");
    }

    private int segnode(String... arguments) {
        return Segnode.commandLine()
                .setOut(new PrintWriter(new StringWriter()))
                .setErr(new PrintWriter(err, true))
                .execute(arguments);
    }
}
