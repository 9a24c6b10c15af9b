package org.segnode.node;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.segnode.TemporaryException;
import org.segnode.UnusableSeriesException;
import org.segnode.dicom.GeometryPolicy;
import org.segnode.dicom.GeometryVerdict;
import org.segnode.dicom.SeriesReader;
import org.segnode.ledger.Closing;
import org.segnode.ledger.Outcome;
import org.segnode.ledger.SeriesLedger;
import org.segnode.ledger.SeriesRow;
import org.segnode.ledger.SeriesState;
import org.segnode.pacs.SopClasses;
import org.segnode.pacs.Spool;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives every closed series of a quiet study its outcome, and queues the jobs. Series decided earlier are looked at again as
 * rivals only: what became of them stays, unless they lacked another series that has come. A series that a rule wants
 * together with another one waits for it, up to a limit.
 */
public final class StudyTriage {
    private static final Logger LOG = LoggerFactory.getLogger(StudyTriage.class);
    private static final Set<Outcome> STILL_RIVALS =
            Set.of(Outcome.QUEUED, Outcome.NOT_CHOSEN, Outcome.CHANNEL, Outcome.INPUT_MISSING);

    private final SeriesLedger ledger;
    private final Spool spool;
    private final SeriesReader reader;
    private final RuleBook rules;
    private final Duration inputWait;
    private final Clock clock;
    private final Map<String, Held> held = new ConcurrentHashMap<>();

    /** A study that waits for a series: until when, unless one of its series changes. */
    private record Held(List<String> series, Instant until) {}

    /** @param inputWait for further series of a study, after its last object */
    public StudyTriage(
            SeriesLedger ledger, Spool spool, SeriesReader reader, RuleBook rules, Duration inputWait, Clock clock) {
        this.ledger = ledger;
        this.spool = spool;
        this.reader = reader;
        this.rules = rules;
        this.inputWait = inputWait;
        this.clock = clock;
    }

    /** @throws org.segnode.TemporaryException if the disk or the database fails; a repeat changes nothing that is decided */
    public void decide(String studyInstanceUid) {
        List<SeriesRow> rows = ledger.ofStudy(studyInstanceUid);
        Held waiting = held.get(studyInstanceUid);
        if (waiting != null
                && waiting.series().equals(states(rows))
                && clock.instant().isBefore(waiting.until())) {
            return;
        }
        held.remove(studyInstanceUid);
        Instant until = lastSeen(rows).plus(inputWait);
        List<ClosedSeries> readable = readable(rows);
        List<Decision> decisions =
                rules.decide(readable, this::problem, !clock.instant().isBefore(until));
        readable.forEach(this::keepUnlessKept);
        rows.forEach(row -> decisions.stream()
                .filter(decision -> decision.seriesKey().equals(row.seriesKey()))
                .forEach(decision -> record(row, decision)));
        if (decisions.size() < readable.size()) {
            held.put(studyInstanceUid, new Held(states(ledger.ofStudy(studyInstanceUid)), until));
        }
    }

    private static List<String> states(List<SeriesRow> rows) {
        return rows.stream()
                .map(row -> row.seriesKey() + " " + row.revision() + " " + row.state())
                .toList();
    }

    private static Instant lastSeen(List<SeriesRow> rows) {
        return rows.stream().map(SeriesRow::lastSeen).max(Instant::compareTo).orElse(Instant.EPOCH);
    }

    private List<ClosedSeries> readable(List<SeriesRow> rows) {
        List<ClosedSeries> readable = new ArrayList<>();
        for (SeriesRow row : rows) {
            boolean undecided = row.state() == SeriesState.CLOSED;
            if (undecided || row.outcome().filter(STILL_RIVALS::contains).isPresent()) {
                List<Path> files = spool.files(row.seriesKey());
                if (holdsNoImages(files)) {
                    record(new Decision(
                            row.seriesKey(),
                            row.revision(),
                            Outcome.NOT_IMAGES,
                            "kept, not processed: SOP class "
                                    + spool.describe(files.get(0)).sopClassUid(),
                            List.of()));
                    continue;
                }
                try {
                    readable.add(new ClosedSeries(
                            row.seriesKey(),
                            row.revision(),
                            reader.facts(files),
                            row.series().callingAet(),
                            row.series().calledAet()));
                } catch (UnusableSeriesException e) {
                    record(new Decision(row.seriesKey(), row.revision(), Outcome.REFUSED, words(e), List.of()));
                }
            }
        }
        return readable;
    }

    private boolean holdsNoImages(List<Path> files) {
        return !files.isEmpty() && files.stream().noneMatch(this::mayBeImage);
    }

    private boolean mayBeImage(Path file) {
        try {
            return SopClasses.isImage(spool.describe(file).sopClassUid());
        } catch (TemporaryException e) {
            return true; // the reader says what is wrong with it
        }
    }

    /** The study made the program fail: its closed series are refused with the reason, so that it is not tried for ever. */
    public void giveUp(String studyInstanceUid, String reason) {
        for (SeriesRow row : ledger.ofStudy(studyInstanceUid)) {
            record(new Decision(row.seriesKey(), row.revision(), Outcome.REFUSED, reason, List.of()));
        }
    }

    private Optional<String> problem(ClosedSeries series, GeometryPolicy policy) {
        GeometryVerdict verdict = reader.verdict(spool.files(series.key()), policy);
        keep(series.key(), series.revision(), verdict);
        return verdict.decision() == GeometryVerdict.Decision.REFUSED
                ? Optional.of(verdict.reason())
                : Optional.empty();
    }

    /** Series that no rule has looked at lie somewhere too. */
    private void keepUnlessKept(ClosedSeries series) {
        if (!series.facts().ownResult() && ledger.geometry(series.key()).isEmpty()) {
            keep(series.key(), series.revision(), reader.verdict(spool.files(series.key()), GeometryPolicy.DEFAULT));
        }
    }

    private void keep(String seriesKey, int revision, GeometryVerdict verdict) {
        if (ledger.noteGeometry(seriesKey, revision, verdict.toJson())) {
            LOG.info("series {} revision {}: geometry {}", seriesKey, revision, verdict.line());
        }
    }

    private static String words(UnusableSeriesException e) {
        return Objects.requireNonNullElse(e.getMessage(), "no reason given");
    }

    private void record(SeriesRow row, Decision decision) {
        boolean cameAfterAll =
                row.outcome().filter(Outcome.INPUT_MISSING::equals).isPresent()
                        && decision.outcome() != Outcome.INPUT_MISSING;
        if (cameAfterAll) {
            ledger.reconsider(row.seriesKey(), row.revision());
        }
        String count = row.closing()
                .filter(Closing::isShort)
                .map(closing ->
                        "; " + closing.instances() + " of " + closing.expected().orElse(0) + " objects came")
                .orElse("");
        record(new Decision(
                decision.seriesKey(),
                decision.revision(),
                decision.outcome(),
                decision.reason() + count,
                decision.jobs()));
    }

    /** Does nothing for a series that is not closed, or of another revision meanwhile. */
    private void record(Decision decision) {
        boolean written = ledger.decide(
                decision.seriesKey(), decision.revision(), decision.outcome(), decision.reason(), decision.jobs());
        if (written) {
            LOG.info(
                    "series {} revision {}: {}: {}",
                    decision.seriesKey(),
                    decision.revision(),
                    decision.outcome(),
                    decision.reason());
        }
    }
}
