package org.segnode.cli.dicom;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.segnode.cli.Segnode;
import org.segnode.peers.ResultPacs;
import org.segnode.peers.SyntheticSeries;

class FindIT {
    @TempDir
    Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int find(ResultPacs pacs, String... more) {
        String[] arguments = new String[more.length + 2];
        arguments[0] = "find";
        arguments[1] = pacs.remote().aet() + "@127.0.0.1:" + pacs.remote().port();
        System.arraycopy(more, 0, arguments, 2, more.length);
        return Segnode.commandLine()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(arguments);
    }

    private ResultPacs pacs() throws Exception {
        Path archive = folder.resolve("archive");
        new SyntheticSeries("2.25.83", 7, 31).write(archive);
        return ResultPacs.start("PACS", folder.resolve("pacs"), "--serve", archive.toString());
    }

    @Test
    void studiesOfAPatientAreListedOnePerLine() throws Exception {
        try (ResultPacs pacs = pacs()) {
            assertThat(find(pacs, "PatientID=MADE-UP")).as(err.toString()).isZero();
            assertThat(out.toString().lines())
                    .singleElement()
                    .asString()
                    .startsWith("2.25.83.1  PatientID=MADE-UP")
                    .contains("NumberOfStudyRelatedInstances=7");
        }
    }

    @Test
    void seriesCanBeReadByAProgram() throws Exception {
        try (ResultPacs pacs = pacs()) {
            assertThat(find(pacs, "--level", "series", "--json", "StudyInstanceUID=2.25.83.1", "PatientID"))
                    .as(err.toString())
                    .isZero();
            JsonNode series = new ObjectMapper().readTree(out.toString()).get(0);
            assertThat(series.get("SeriesInstanceUID").asText()).isEqualTo("2.25.83.1.1");
            assertThat(series.get("NumberOfSeriesRelatedInstances").asText()).isEqualTo("7");
            assertThat(series.get("PatientID").asText()).isEqualTo("MADE-UP");
        }
    }

    @Test
    void nothingFoundIsSaidAndIsAFinding() throws Exception {
        try (ResultPacs pacs = pacs()) {
            assertThat(find(pacs, "PatientID=NOBODY")).isEqualTo(1);
            assertThat(err.toString()).contains("nothing found at PACS@127.0.0.1");
        }
    }

    @Test
    void aWrongKeywordIsNamed() throws Exception {
        try (ResultPacs pacs = pacs()) {
            assertThat(find(pacs, "Patient=1")).isEqualTo(1);
            assertThat(err.toString()).contains("\"Patient\" is not the DICOM keyword of a query key");
        }
    }
}
