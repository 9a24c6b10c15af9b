package org.segnode.dicom;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** The table of expected verdicts in {@code src/site/markdown/geometry.md}. */
final class GeometryTable {
    private static final Path TABLE = Path.of("src/site/markdown/geometry.md");
    private static final int CELLS = 7;

    private GeometryTable() {}

    /**
     * A line of the table.
     *
     * @param series the end of its Series Instance UID
     * @param because parts that the verdict's words must have
     */
    record Row(String folder, String series, String objects, String decision, String geometry, List<String> because) {
        boolean isOf(String folderName, String seriesInstanceUid) {
            return folder.equals(folderName) && seriesInstanceUid.endsWith(series);
        }

        @Override
        public String toString() {
            return folder + " " + series + " (" + objects + ")";
        }
    }

    static List<Row> rows() {
        try (Stream<String> lines = Files.lines(TABLE)) {
            return lines.filter(line -> line.matches("\\|.*\\| (ACCEPTED|REPAIRED|REFUSED) \\|.*"))
                    .map(GeometryTable::row)
                    .filter(row -> !row.series().isEmpty())
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Row row(String line) {
        String[] cells = line.substring(1, line.length() - 1).split("\\|", -1);
        if (cells.length != CELLS) {
            throw new IllegalArgumentException("a line of the table has " + cells.length + " cells: " + line);
        }
        List<String> because = Stream.of(cells[5].split(";"))
                .map(String::strip)
                .filter(part -> !part.isEmpty())
                .toList();
        return new Row(
                cells[0].strip(), cells[1].strip(), cells[2].strip(), cells[3].strip(), cells[4].strip(), because);
    }

    /** As the table says how a stack lies; empty where it was not measured. */
    static String words(GeometryVerdict verdict) {
        return verdict.geometry()
                .map(g -> g.plane().name().toLowerCase(Locale.ROOT) + " " + g.axes() + ", " + g.slices() + " x "
                        + g.rows() + " x " + g.columns() + ", " + Words.number(g.sliceSpacing()) + " x "
                        + Words.number(g.rowSpacing()) + " x " + Words.mm(g.columnSpacing()))
                .orElse("");
    }

    /** The series that lie directly in a folder. */
    static List<SeriesFiles.Found> in(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return SeriesFiles.among(files.filter(Files::isRegularFile).sorted().toList())
                    .series();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
