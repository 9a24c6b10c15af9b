package org.segnode.cli.dicom;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.awt.image.BufferedImage;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class InspectCommandTest {
    private static final String DATA = "src/test/resources/dicom/";

    private final StringWriter out = new StringWriter();

    @TempDir
    Path folder;

    @Test
    void saysOfEachSeriesHowItLiesAndWhatIsDone() {
        assertThat(inspect(DATA + "small-ct", DATA + "tilt-uneven-ct")).isZero();
        assertThat(out.toString().lines())
                .anySatisfy(line -> assertThat(line).matches("series [0-9.]+ \\(CT, 5 objects in .*small-ct\\)"))
                .contains("  ACCEPTED  axial, LPS, 5 slices of 16 x 16, 2.5 mm apart, pixels 0.488 x 0.488 mm, tilt 0"
                        + " degrees")
                .contains(
                        "  REPAIRED  axial turned by 18.5 degrees, LPS, 28 slices of 32 x 32, 4.002 mm apart (1.081 to"
                                + " 6.999 mm), pixels 7.812 x 7.812 mm, tilt 18.5 degrees")
                .anySatisfy(line -> assertThat(line).startsWith("    repaired: the stack of slices is sheared"))
                .contains("2 series, 0 refused");
    }

    @Test
    void aRefusedSeriesIsAFindingAndOtherFilesAreNamed() throws Exception {
        Files.writeString(folder.resolve("letter.txt"), "Dear colleague, this is no DICOM object at all.");
        assertThat(inspect(DATA + "gap-ct", folder.toString())).isEqualTo(1);
        assertThat(out.toString())
                .contains("REFUSED", "161 slices are missing", "no series: ", "letter.txt", "1 series, 1 refused");
    }

    @Test
    void tellsWhatAnnotationsMark() {
        inspect(DATA + "annotations/dcmqi-label.dcm", DATA + "annotations/rt-utils.dcm");
        assertThat(out.toString())
                .contains("    segment 1 Liver (Liver), SEMIAUTOMATIC SlicerEditor")
                .contains("    segment 1 ROI-1, MANUAL");
    }

    @Test
    void strictlyARepairIsARefusal() {
        assertThat(inspect("--strict", DATA + "missing-slice-ct")).isEqualTo(1);
        assertThat(out.toString()).contains("refused: slices 3 and 4 (instance 9, instance 10) lie 10 mm apart");
    }

    @Test
    void isJsonForPrograms() throws Exception {
        assertThat(inspect("--json", DATA + "missing-slice-ct", DATA + "enhanced-mr"))
                .isZero();
        JsonNode json = new ObjectMapper().readTree(out.toString());
        assertThat(json.get("series")).hasSize(2);
        JsonNode verdict = json.get("series").get(0).get("verdicts").get(0);
        assertThat(verdict.get("decision").asText()).isEqualTo("REPAIRED");
        assertThat(verdict.get("geometry").get("slices").asInt()).isEqualTo(4);
        assertThat(verdict.get("findings").get(0).get("slices")).hasSize(2);
        assertThat(json.get("others")).isEmpty();
    }

    @Test
    void drawsTheMiddleOfEachSeriesInThreePlanes() throws Exception {
        Path pictures = folder.resolve("pictures");
        assertThat(inspect("--pictures", pictures.toString(), DATA + "tilt-uneven-ct", DATA + "gap-ct"))
                .isEqualTo(1);
        try (Stream<Path> drawn = Files.list(pictures)) {
            List<Path> files = drawn.toList();
            assertThat(files).hasSize(1);
            BufferedImage picture = ImageIO.read(files.get(0).toFile());
            assertThat(picture.getWidth()).isGreaterThan(picture.getHeight());
        }
    }

    private int inspect(String... arguments) {
        CommandLine command = new CommandLine(new InspectCommand());
        command.setOut(new PrintWriter(out, true));
        return command.execute(arguments);
    }
}
