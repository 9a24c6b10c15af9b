package org.segnode.node;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.segnode.UnusableSeriesException;
import org.segnode.dicom.GeometryFinding;
import org.segnode.dicom.GeometryPolicy;
import org.segnode.dicom.SeriesReader;
import org.segnode.ledger.NewSeries;
import org.segnode.node.settings.Rule;

/** The rules, the archive a series comes from, and the places of its slices. */
final class SeriesWitnesses implements Witnesses {
    private final List<Rule> expecting;
    private final SeriesReader reader;
    private final ArchiveCounts archives;

    SeriesWitnesses(List<Rule> rules, SeriesReader reader, ArchiveCounts archives) {
        this.expecting =
                rules.stream().filter(rule -> rule.expected().isPresent()).toList();
        this.reader = reader;
        this.archives = archives;
    }

    /** The number of slices, which is not yet known, is left out of the comparison with the rule. */
    @Override
    public Optional<Expectation> expected(NewSeries series, List<Path> files) {
        if (expecting.isEmpty()) {
            return Optional.empty();
        }
        try {
            ClosedSeries now = new ClosedSeries(
                    series.seriesKey(), 1, reader.facts(files), series.callingAet(), series.calledAet());
            return expecting.stream()
                    .filter(rule ->
                            Matching.mismatch(rule.when().withAnySlices(), now).isEmpty())
                    .findFirst()
                    .map(rule -> new Expectation(rule.expected().getAsInt(), "rule " + rule.name()));
        } catch (UnusableSeriesException e) {
            return Optional.empty(); // nothing that a rule could ask for
        }
    }

    @Override
    public Optional<ArchiveCount> archive(NewSeries series, int here, boolean bringing) {
        return archives.of(series, here, bringing);
    }

    @Override
    public Optional<String> gap(List<Path> files) {
        return reader.verdict(files, GeometryPolicy.DEFAULT).findings().stream()
                .filter(finding -> finding.kind() == GeometryFinding.Kind.GAP)
                .map(GeometryFinding::words)
                .findFirst();
    }

    @Override
    public void dismiss(String seriesKey) {
        archives.dismiss(seriesKey);
    }
}
