package org.segnode.cli.dicom;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.segnode.UnusableSeriesException;
import org.segnode.cli.picture.ThreePlanes;
import org.segnode.dicom.GeometryPolicy;
import org.segnode.dicom.SeriesFiles;
import org.segnode.dicom.SeriesReader;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Says of each series what its slices are as a volume, without a node. */
@Command(
        name = "inspect",
        description = {
            "Finds the DICOM series in files and folders, whatever the files are called, and says of each how its slices"
                    + " lie and whether a node would compute it: ACCEPTED, REPAIRED (how) or REFUSED (why).",
            "Exit code 1 if a series is refused."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  segnode inspect study/",
            "  segnode inspect study/ --strict --json",
            "  segnode inspect study/ --pictures pictures/"
        })
public final class InspectCommand implements Callable<Integer> {
    private static final ObjectMapper JSON = new ObjectMapper().registerModule(new Jdk8Module());

    @Spec
    private CommandSpec spec;

    @Parameters(
            arity = "1..*",
            paramLabel = "FILE-OR-FOLDER",
            description = "files, or folders with all that lies below")
    private List<Path> sources;

    @Option(names = "--strict", description = "refuse what a node repairs unless its rules forbid it")
    private boolean strict;

    @Option(
            names = "--pictures",
            paramLabel = "FOLDER",
            description = "draw the middle slices of each accepted or repaired series in three planes, as PNG")
    private Optional<Path> pictures;

    @Option(names = "--json", description = "verdicts as JSON")
    private boolean json;

    private final SeriesReader reader = new SeriesReader();

    @Override
    public Integer call() throws IOException, UnusableSeriesException {
        SeriesFiles files = SeriesFiles.among(InputFiles.below(sources));
        List<InspectedSeries> inspected = new ArrayList<>();
        for (SeriesFiles.Found found : files.series()) {
            InspectedSeries series = InspectedSeries.of(found, reader.verdicts(found.files(), policy()));
            inspected.add(series);
            if (!json) {
                print(series.lines());
            }
            if (pictures.isPresent() && !series.isRefused()) {
                draw(found, pictures.get());
            }
        }
        if (json) {
            print(List.of(text(inspected, files)));
        } else {
            print(summary(inspected, files));
        }
        return inspected.stream().anyMatch(InspectedSeries::isRefused) ? 1 : 0;
    }

    private GeometryPolicy policy() {
        return strict ? GeometryPolicy.STRICT : GeometryPolicy.DEFAULT;
    }

    private void draw(SeriesFiles.Found found, Path folder) throws IOException, UnusableSeriesException {
        Path file = Files.createDirectories(folder).resolve(found.seriesInstanceUid() + ".png");
        ThreePlanes.write(reader.read(found.files(), policy()).volume(), file);
    }

    private static String text(List<InspectedSeries> inspected, SeriesFiles files) throws JsonProcessingException {
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("series", inspected);
        all.put("others", files.others());
        return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(all);
    }

    private static List<String> summary(List<InspectedSeries> inspected, SeriesFiles files) {
        List<String> lines = new ArrayList<>();
        files.others().forEach((path, reason) -> lines.add("no series: " + path + ": " + reason));
        long refused = inspected.stream().filter(InspectedSeries::isRefused).count();
        lines.add(inspected.size() + " series, " + refused + " refused");
        return lines;
    }

    private void print(List<String> lines) {
        PrintWriter out = spec.commandLine().getOut();
        lines.forEach(out::println);
        out.flush();
    }
}
