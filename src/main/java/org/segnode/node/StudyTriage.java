package org.segnode.node;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.segnode.TemporaryException;
import org.segnode.UnusableSeriesException;
import org.segnode.dicom.GeometryPolicy;
import org.segnode.dicom.GeometryVerdict;
import org.segnode.dicom.SeriesReader;
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
 * rivals only: what became of them stays.
 */
public final class StudyTriage {
    private static final Logger LOG = LoggerFactory.getLogger(StudyTriage.class);
    private static final Set<Outcome> STILL_RIVALS = Set.of(Outcome.QUEUED, Outcome.NOT_CHOSEN);

    private final SeriesLedger ledger;
    private final Spool spool;
    private final SeriesReader reader;
    private final RuleBook rules;

    public StudyTriage(SeriesLedger ledger, Spool spool, SeriesReader reader, RuleBook rules) {
        this.ledger = ledger;
        this.spool = spool;
        this.reader = reader;
        this.rules = rules;
    }

    /** @throws org.segnode.TemporaryException if the disk or the database fails; a repeat changes nothing that is decided */
    public void decide(String studyInstanceUid) {
        List<ClosedSeries> readable = new ArrayList<>();
        for (SeriesRow row : ledger.ofStudy(studyInstanceUid)) {
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
        List<Decision> decisions = rules.decide(readable, this::problem);
        readable.forEach(this::keepUnlessKept);
        decisions.forEach(this::record);
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
