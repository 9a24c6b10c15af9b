package org.segnode.dicom;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.segnode.dicom.GeometryTable.Row;

/** Real series have the verdicts that the table says. */
class GeometryTableTest {
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            tilt-uneven-ct       | REPAIRED | axial LPS, 28 x 32 x 32, 4.002 x 7.812 x 7.812 mm | leans 18.50 degrees; the slices are not evenly spaced
            missing-slice-ct     | REPAIRED | axial LPS, 4 x 32 x 32, 5 x 6.875 x 6.875 mm      | 1 slice is missing; no Frame of Reference UID
            same-place-ct        | REFUSED  |                                                   | 2 slices lie at 1 place; the pixels of instance 23 and instance 24 differ
            two-orientations-mr  | REFUSED  |                                                   | 2 different orientations; 2 different pixel spacings
            gap-ct               | REFUSED  | axial LPS, 4 x 16 x 16, 1.25 x 0.488 x 0.488 mm   | 161 slices are missing; more than 3 in a row
            localizer-ct         | REFUSED  |                                                   | are localizers
            seven-orientations-mr| REFUSED  |                                                   | 7 different orientations
            no-position-mr       | REFUSED  |                                                   | says of 0 where they lie
            small-ct             | ACCEPTED | axial LPS, 5 x 16 x 16, 2.5 x 0.488 x 0.488 mm    |
            oblique-mr           | ACCEPTED | axial LPS, 3 x 384 x 274, 0.667 x 0.667 x 0.7 mm  |
            sagittal-mr          | ACCEPTED | sagittal PIR, 3 x 256 x 256, 4.8 x 1.016 x 1.016 mm |
            non-square-pixels    | ACCEPTED | axial LPS, 4 x 28 x 64, 0.5 x 4 x 6.4 mm          | no Frame of Reference UID
            enhanced-mr          | ACCEPTED | sagittal PIR, 8 x 256 x 256, 1.2 x 1 x 1 mm       | no Frame of Reference UID
            enhanced-ct          | ACCEPTED | axial LPS, 3 x 38 x 24, 2.5 x 0.7 x 0.7 mm        |
            j2k-ct               | ACCEPTED | axial LPS, 3 x 512 x 512, 2 x 0.977 x 0.977 mm    |
            """)
    void aSmallSeriesHasItsVerdict(String name, String decision, String geometry, String because) {
        GeometryVerdict verdict = new SeriesReader().verdict(MadeSeries.resource(name), GeometryPolicy.DEFAULT);
        assertThat(verdict.decision()).hasToString(decision);
        assertThat(GeometryTable.words(verdict)).isEqualTo(geometry == null ? "" : geometry);
        for (String part : because == null ? new String[0] : because.split("; ")) {
            assertThat(verdict.line()).contains(part);
        }
    }

    @Test
    @EnabledIfSystemProperty(
            named = "segnode.data",
            matches = ".+",
            disabledReason = "names the folder of all test data")
    void everySeriesOfTheTestDataHasTheVerdictOfTheTable() throws IOException {
        Path data = Path.of(System.getProperty("segnode.data"));
        List<Row> open = new ArrayList<>(GeometryTable.rows());
        SoftAssertions all = new SoftAssertions();
        for (Path folder : folders(data)) {
            String name = data.relativize(folder).toString();
            for (SeriesFiles.Found found : GeometryTable.in(folder)) {
                List<Row> rows = open.stream()
                        .filter(row -> row.isOf(name, found.seriesInstanceUid()))
                        .filter(row -> row.objects()
                                .equals(found.modality() + " " + found.files().size()))
                        .toList();
                all.assertThat(rows)
                        .as("lines for %s %s", name, found.seriesInstanceUid())
                        .isNotEmpty();
                rows.stream().limit(1).forEach(row -> {
                    open.remove(row);
                    requireSame(row, found, all);
                });
            }
        }
        all.assertThat(open).as("lines without a series").isEmpty();
        all.assertAll();
    }

    private static void requireSame(Row row, SeriesFiles.Found found, SoftAssertions all) {
        GeometryVerdict verdict = new SeriesReader().verdict(found.files(), GeometryPolicy.DEFAULT);
        all.assertThat(verdict.decision()).as("%s", row).hasToString(row.decision());
        all.assertThat(GeometryTable.words(verdict)).as("%s", row).isEqualTo(row.geometry());
        row.because()
                .forEach(part -> all.assertThat(verdict.line()).as("%s", row).contains(part));
        all.assertThat(verdict.line()).as("%s: only plain characters", row).matches("\\p{ASCII}*");
    }

    private static List<Path> folders(Path data) throws IOException {
        try (Stream<Path> all = Files.walk(data)) {
            return all.filter(Files::isDirectory).sorted().toList();
        }
    }
}
