package org.segnode.cli.dicom;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.segnode.cli.Segnode;
import org.segnode.peers.ResultPacs;
import org.segnode.peers.SyntheticSeries;

class GetIT {
    @TempDir
    Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int get(ResultPacs pacs, String... more) {
        String[] arguments = new String[more.length + 2];
        arguments[0] = "get";
        arguments[1] = pacs.remote().aet() + "@127.0.0.1:" + pacs.remote().port();
        System.arraycopy(more, 0, arguments, 2, more.length);
        return Segnode.commandLine()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(arguments);
    }

    private ResultPacs pacs() throws Exception {
        Path archive = folder.resolve("archive");
        new SyntheticSeries("2.25.85", 7, 31).write(archive.resolve("a"));
        new SyntheticSeries("2.25.86", 2, 31).write(archive.resolve("b"));
        return ResultPacs.start("PACS", folder.resolve("pacs"), "--serve", archive.toString());
    }

    private List<String> names() throws IOException {
        try (Stream<Path> files = Files.walk(folder.resolve("out"))) {
            return files.filter(Files::isRegularFile)
                    .map(file -> folder.resolve("out").relativize(file).toString())
                    .sorted()
                    .toList();
        }
    }

    @Test
    void aSeriesComesIntoAFolderOfItsOwn() throws Exception {
        try (ResultPacs pacs = pacs()) {
            String target = folder.resolve("out").toString();
            assertThat(get(pacs, "--study", "2.25.86.1", "--series", "2.25.86.1.1", "-o", target))
                    .as(err.toString())
                    .isZero();
            assertThat(names()).containsExactly("2.25.86.1.1/2.25.86.1.1.1.dcm", "2.25.86.1.1/2.25.86.1.1.2.dcm");
            assertThat(out.toString()).startsWith("2 objects came to ");
        }
    }

    @Test
    void theStudiesOfAPatientComeTogether() throws Exception {
        try (ResultPacs pacs = pacs()) {
            String target = folder.resolve("out").toString();
            assertThat(get(pacs, "--priors", "MADE-UP", "-o", target, "--json"))
                    .as(err.toString())
                    .isZero();
            assertThat(names()).hasSize(9);
            assertThat(out.toString().strip()).isEqualTo("{\"completed\":9,\"failed\":0}");
        }
    }

    @Test
    void aDestinationThatTheArchiveDoesNotKnowIsNamed() throws Exception {
        try (ResultPacs pacs = pacs()) {
            assertThat(get(pacs, "--study", "2.25.86.1", "--move-to", "NOBODY")).isEqualTo(1);
            assertThat(err.toString()).contains("does not know NOBODY as a destination");
        }
    }

    @Test
    void whatIsMissingOnTheCommandLineIsWrongUsage() throws Exception {
        try (ResultPacs pacs = pacs()) {
            assertThat(get(pacs, "--study", "2.25.86.1")).isEqualTo(2);
            assertThat(err.toString()).contains("where to: --out or --move-to");
        }
    }
}
