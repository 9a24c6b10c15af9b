package org.segnode.cli.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.segnode.UnusableSeriesException;
import org.segnode.cli.dicom.InputFiles;
import org.segnode.cli.terminal.CommandFailure;
import org.segnode.dicom.SeriesFacts;
import org.segnode.dicom.SeriesReader;
import org.segnode.pacs.Spool;

/**
 * A sample: a DICOM series and its ground truth on the same grid.
 *
 * @param name of its folder
 * @param series files of the series
 * @param truth label map, NIfTI
 */
record DemoCase(String name, String studyInstanceUid, String seriesInstanceUid, List<Path> series, Path truth) {
    DemoCase {
        series = List.copyOf(series);
    }

    /**
     * @param samples folder with a folder per case, each with {@code series} and {@code labels.nii.gz}
     * @throws CommandFailure if there is none
     */
    static List<DemoCase> in(Path samples) throws IOException, UnusableSeriesException {
        List<Path> folders;
        try (Stream<Path> all = Files.list(samples)) {
            folders = all.filter(folder -> Files.isDirectory(folder.resolve("series")))
                    .sorted()
                    .toList();
        }
        if (folders.isEmpty()) {
            throw new CommandFailure("no case in " + samples);
        }
        List<DemoCase> cases = new ArrayList<>();
        for (Path folder : folders) {
            List<Path> series = InputFiles.below(List.of(folder.resolve("series")));
            SeriesFacts facts = new SeriesReader().facts(series);
            cases.add(new DemoCase(
                    folder.getFileName().toString(),
                    facts.studyInstanceUid(),
                    facts.seriesInstanceUid(),
                    series,
                    folder.resolve("labels.nii.gz")));
        }
        return cases;
    }

    /** What the node's ledger calls the series. */
    String seriesKey() {
        return Spool.seriesKey(studyInstanceUid, seriesInstanceUid);
    }
}
