package org.segnode.cli.bench;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.segnode.UnusableSeriesException;
import org.segnode.dicom.ResultForm;
import org.segnode.dicom.ResultObject;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** How long results take to be written, and how large they are. */
@Command(
        name = "results",
        description =
                "Measures how long a result of many segments takes to be written, synced and read back in each form,"
                        + " and its size as it is and deflated.",
        footerHeading = "%nExamples:%n",
        footer = {"  segnode bench results", "  segnode bench results --forms SEG LABELMAP --segments 20"})
final class BenchResultsCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Option(
            names = "--folder",
            paramLabel = "DIR",
            defaultValue = ".",
            description = "a folder on the disk to measure, here if not given; nothing is left in it")
    private Path folder;

    @Option(names = "--slices", defaultValue = "300", description = "of the series; ${DEFAULT-VALUE} if not given")
    private int slices;

    @Option(
            names = "--rows",
            defaultValue = "512",
            description = "rows and columns of a slice; ${DEFAULT-VALUE} if not given")
    private int rows;

    @Option(names = "--segments", defaultValue = "100", description = "${DEFAULT-VALUE} if not given")
    private int segments;

    @Option(names = "--rounds", defaultValue = "3", description = "measured rounds; ${DEFAULT-VALUE} if not given")
    private int rounds;

    @Option(
            names = "--forms",
            arity = "1..*",
            paramLabel = "FORM",
            defaultValue = "SEG",
            description = "of ${COMPLETION-CANDIDATES}; ${DEFAULT-VALUE} if not given; an SR is written with its SEG")
    private List<ResultForm> forms;

    @Override
    public Integer call() throws IOException, UnusableSeriesException {
        Path made = Files.createTempDirectory(Files.createDirectories(folder), "segnode-bench");
        try {
            PrintWriter out = spec.commandLine().getOut();
            out.println(BenchMachine.read().line());
            out.printf(
                    Locale.ROOT,
                    "%d segments on %d slices of %d x %d, first, middle and best of %d rounds:%n",
                    segments,
                    slices,
                    rows,
                    rows,
                    rounds);
            ResultsWork work = ResultsWork.in(made, slices, rows, segments);
            forms.forEach(form -> measure(work, form, out));
            out.flush();
        } finally {
            remove(made);
        }
        return 0;
    }

    private void measure(ResultsWork work, ResultForm form, PrintWriter out) {
        List<Double> seconds = new ArrayList<>();
        List<ResultObject> written = List.of();
        for (int round = 0; round < rounds; round++) {
            long start = System.nanoTime();
            written = work.write(form);
            seconds.add((System.nanoTime() - start) / 1e9);
        }
        Spread spread = Spread.of(seconds);
        out.printf(
                Locale.ROOT,
                "  %-10s %6.2f s, %6.2f s, %6.2f s   %8.2f MB, deflated %6.2f MB%n",
                form,
                seconds.get(0),
                spread.median(),
                spread.lowest(),
                ResultsWork.bytes(written) / 1e6,
                ResultsWork.deflated(written) / 1e6);
        out.flush();
    }

    private static void remove(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
