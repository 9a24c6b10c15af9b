package org.segnode.cli.dicom;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.segnode.cli.Segnode;
import org.segnode.cli.terminal.CommandFailure;
import org.segnode.pacs.FetchFolder;
import org.segnode.pacs.Match;
import org.segnode.pacs.Query;
import org.segnode.pacs.QueryScu;
import org.segnode.pacs.RefusedByPeerException;
import org.segnode.pacs.RemoteAe;
import org.segnode.pacs.Retrieval;
import org.segnode.pacs.RetrieveScu;
import org.segnode.pacs.Retrieved;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Fetches from an archive: C-GET or WADO-RS into a folder, or C-MOVE to an AE. */
@Command(
        name = "get",
        description =
                "Fetches studies, series or objects from an archive into a folder (C-GET, or WADO-RS from a URL), or"
                        + " makes it send them to an AE that it knows (C-MOVE).",
        footerHeading = "%nExamples:%n",
        footer = {
            "  segnode get PACS@10.0.0.5:104 --study 1.2.3 -o study",
            "  segnode get https://pacs/dicom-web --study 1.2.3 --series 1.2.3.4 -o t1",
            "  segnode get PACS@10.0.0.5:104 --study 1.2.3 --move-to SEGNODE",
            "  segnode get PACS@10.0.0.5:104 --priors 4711 --latest 2 -o priors"
        })
public final class GetCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private ArchiveArguments archive;

    @Option(names = "--study", paramLabel = "UID", description = "Study Instance UID")
    private @Nullable String study;

    @Option(names = "--series", paramLabel = "UID", description = "Series Instance UID; the whole study if not given")
    private @Nullable String series;

    @Option(names = "--instance", paramLabel = "UID", description = "SOP Instance UID; may be given several times")
    private List<String> instances = List.of();

    @Option(
            names = "--priors",
            paramLabel = "PATIENT-ID",
            description = "all studies of this patient, the latest first")
    private @Nullable String patient;

    @Option(names = "--latest", paramLabel = "N", defaultValue = "1000", description = "at most so many priors")
    private int latest;

    @Option(
            names = {"-o", "--out"},
            paramLabel = "FOLDER",
            description = "where the files go, a folder for each series")
    private @Nullable Path out;

    @Option(names = "--move-to", paramLabel = "AET", description = "C-MOVE: who gets the objects instead")
    private @Nullable String moveTo;

    @Option(names = "--json", description = "what came as JSON")
    private boolean json;

    @Override
    public Integer call() throws RefusedByPeerException, IOException {
        requireOptions();
        Retrieved all = new Retrieved(0, 0);
        for (Retrieval what : wanted()) {
            Retrieved one = out == null ? move(what) : fetch(what, out);
            all = new Retrieved(all.completed() + one.completed(), all.failed() + one.failed());
        }
        PrintWriter printed = spec.commandLine().getOut();
        if (json) {
            Map<String, Integer> counts = new TreeMap<>(Map.of("completed", all.completed(), "failed", all.failed()));
            new ObjectMapper().writeValue(printed, counts);
            printed.println();
        } else {
            printed.println(all.completed() + " objects came to " + (out == null ? moveTo : out)
                    + (all.failed() > 0 ? ", " + all.failed() + " did not" : ""));
        }
        printed.flush();
        return all.failed() > 0 || all.completed() == 0 ? Segnode.FAILED : 0;
    }

    private void requireOptions() {
        boolean oneTarget = (out == null) != (moveTo == null);
        boolean oneSubject = (study == null) != (patient == null);
        if (!oneTarget || !oneSubject) {
            throw new ParameterException(
                    spec.commandLine(), "give --study or --priors, and where to: --out or --move-to");
        }
        if (!instances.isEmpty() && series == null) {
            throw new ParameterException(spec.commandLine(), "--instance needs --series");
        }
        if (moveTo != null && archive.peer().isEmpty()) {
            throw new ParameterException(spec.commandLine(), "--move-to needs an archive AET@HOST:PORT");
        }
    }

    private List<Retrieval> wanted() throws RefusedByPeerException, IOException {
        if (study == null) {
            return priors();
        }
        if (series == null) {
            return List.of(Retrieval.study(study));
        }
        return List.of(
                instances.isEmpty() ? Retrieval.series(study, series) : Retrieval.instances(study, series, instances));
    }

    private List<Retrieval> priors() throws RefusedByPeerException, IOException {
        List<Match> found = new ArrayList<>(
                archive.find(Query.studies().with("PatientID", String.valueOf(patient)), QueryScu.DEFAULT_MOST)
                        .found());
        if (found.isEmpty()) {
            throw new CommandFailure("no study of this patient at " + archive);
        }
        found.sort(Comparator.comparing((Match one) -> one.value("StudyDate") + one.value("StudyTime"))
                .reversed());
        return found.stream()
                .limit(latest)
                .map(one -> Retrieval.study(one.uid()))
                .toList();
    }

    private Retrieved move(Retrieval what) throws RefusedByPeerException {
        return new RetrieveScu(archive.calling()).move(archive.peer().orElseThrow(), String.valueOf(moveTo), what);
    }

    private Retrieved fetch(Retrieval what, Path folder) throws RefusedByPeerException, IOException {
        try (FetchFolder files = new FetchFolder(folder)) {
            Optional<RemoteAe> peer = archive.peer();
            if (peer.isPresent()) {
                return new RetrieveScu(archive.calling()).get(peer.get(), what, files.intake());
            }
            return new Retrieved(archive.web(QueryScu.DEFAULT_MOST).fetch(what, files::take), 0);
        }
    }
}
