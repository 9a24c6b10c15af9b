package org.segnode.cli.dicom;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.segnode.cli.Segnode;
import org.segnode.pacs.Match;
import org.segnode.pacs.Matches;
import org.segnode.pacs.Query;
import org.segnode.pacs.QueryLevel;
import org.segnode.pacs.QueryScu;
import org.segnode.pacs.RefusedByPeerException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Asks an archive what it has (C-FIND, QIDO-RS). */
@Command(
        name = "find",
        description =
                "Asks an archive for studies, series or objects (C-FIND, or QIDO-RS at a URL). What is found goes to stdout, one line each.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  segnode find PACS@10.0.0.5:104 PatientID=4711",
            "  segnode find PACS@10.0.0.5:104 StudyDate=20260101-20260131",
            "  segnode find https://pacs/dicom-web PatientID=4711",
            "  segnode find --level series PACS@10.0.0.5:104 StudyInstanceUID=1.2.3",
            "  segnode find --level image --json A@pacs:104 SeriesInstanceUID=1.2.3.4"
        })
public final class FindCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private ArchiveArguments archive;

    @Parameters(
            index = "1..*",
            arity = "0..*",
            mapFallbackValue = Option.NULL_VALUE,
            paramLabel = "KEYWORD[=VALUE]",
            description =
                    "what is looked for, by DICOM keyword: * and ? are wild, a date may be a range; without a value"
                            + " it is shown")
    private Map<String, String> keys = Map.of();

    @Option(
            names = "--level",
            paramLabel = "LEVEL",
            defaultValue = "STUDY",
            description = "what each answer is about: ${COMPLETION-CANDIDATES}; ${DEFAULT-VALUE} if not given")
    private QueryLevel level;

    @Option(
            names = "--most",
            paramLabel = "N",
            defaultValue = "" + QueryScu.DEFAULT_MOST,
            description = "answers that are taken; ${DEFAULT-VALUE} if not given")
    private int most;

    @Option(names = "--json", description = "one JSON array")
    private boolean json;

    @Override
    public Integer call() throws RefusedByPeerException, IOException {
        Map<String, String> wanted = new LinkedHashMap<>();
        keys.forEach((keyword, value) -> wanted.put(keyword, value == null ? "" : value));
        Query query = new Query(level, wanted);
        Matches matches = archive.find(query, most);
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            new ObjectMapper()
                    .writerWithDefaultPrettyPrinter()
                    .writeValue(
                            out,
                            matches.found().stream()
                                    .map(match -> new TreeMap<>(match.values()))
                                    .toList());
            out.println();
        } else {
            List<String> shown = shown(query);
            matches.found().forEach(match -> out.println(line(match, shown)));
        }
        out.flush();
        notes(matches, spec.commandLine().getErr());
        return matches.found().isEmpty() ? Segnode.FAILED : 0;
    }

    /** The UID first, then what was asked for, then what is usual. */
    private List<String> shown(Query query) {
        return Stream.of(Stream.of(level.uniqueKey()), keys.keySet().stream(), level.usual().stream())
                .flatMap(keywords -> keywords)
                .distinct()
                .filter(query.keys()::containsKey)
                .toList();
    }

    private static String line(Match match, List<String> shown) {
        return match.uid()
                + shown.stream()
                        .skip(1)
                        .filter(keyword -> !match.value(keyword).isEmpty())
                        .map(keyword -> "  " + keyword + "=" + match.value(keyword))
                        .collect(Collectors.joining());
    }

    private void notes(Matches matches, PrintWriter err) {
        if (matches.found().isEmpty()) {
            err.println("nothing found at " + archive);
        }
        if (!matches.all()) {
            err.println("only the first " + most + " answers were taken: ask for less, or --most");
        }
        if (matches.unusable() > 0) {
            err.println(matches.unusable() + " answers without a valid UID were left out");
        }
        err.flush();
    }
}
