package org.segnode.cli.nnunet;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.segnode.cli.Segnode;
import picocli.CommandLine;

class EvaluateFolderCommandTest {
    private static final Path FOLDER = Path.of("src/test/resources/org/segnode/evaluation/regions");

    @TempDir
    Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void writesTheSummaryAndPrintsDice() {
        Path summary = folder.resolve("summary.json");
        assertThat(run("-o", summary.toString())).as(err::toString).isZero();
        assertThat(summary).exists();
        assertThat(out.toString()).containsPattern("whole +Dice 0.9351").containsPattern("foreground +Dice 0.9094");
    }

    @Test
    void refusesNoThreads() {
        assertThat(run("-np", "0")).isEqualTo(1);
        assertThat(err.toString()).contains("cases at a time (-np) must be from 1 to 256, is 0");
    }

    private int run(String option, String value) {
        CommandLine commandLine = Segnode.commandLine();
        commandLine.setOut(new PrintWriter(out, true));
        commandLine.setErr(new PrintWriter(err, true));
        return commandLine.execute(
                "evaluate-folder",
                FOLDER.resolve("ref").toString(),
                FOLDER.resolve("pred").toString(),
                "-djfile",
                FOLDER.resolve("dataset.json").toString(),
                "-pfile",
                FOLDER.resolve("plans.json").toString(),
                option,
                value);
    }
}
