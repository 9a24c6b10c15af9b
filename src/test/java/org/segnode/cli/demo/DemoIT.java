package org.segnode.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.segnode.cli.Segnode;

class DemoIT {
    @TempDir
    Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int demo(Path data) {
        return Segnode.commandLine()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute("demo", "--data", data.toString());
    }

    @Test
    void sendsTheSamplesAndShowsWhatCameBack() {
        Path data = folder.resolve("demo");
        assertThat(demo(data)).as(err.toString()).isZero();
        assertThat(out.toString()).contains("case-006", "case-251", "Anterior hippocampus", "Dice");
        assertThat(data.resolve("case-006-seg.dcm")).isNotEmptyFile();
        assertThat(data.resolve("case-251.png")).isNotEmptyFile();
    }

    @Test
    void beginsOnlyInAnEmptyFolder() throws IOException {
        Files.createFile(folder.resolve("something"));
        assertThat(demo(folder)).isEqualTo(1);
        assertThat(err.toString()).contains("is not empty");
    }
}
