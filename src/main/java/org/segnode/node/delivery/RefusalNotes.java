package org.segnode.node.delivery;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.segnode.TemporaryException;
import org.segnode.UnusableSeriesException;
import org.segnode.dicom.RefusalObjects;
import org.segnode.dicom.RefusalText;
import org.segnode.dicom.ResultForm;
import org.segnode.dicom.ResultObject;
import org.segnode.ledger.RefusedSeries;
import org.segnode.ledger.SeriesRow;
import org.segnode.ledger.StoredResult;
import org.segnode.node.settings.Destination;
import org.segnode.pacs.Spool;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes the objects that tell of refused series, and queues them for the destinations that want to know. */
public final class RefusalNotes {
    private static final Logger LOG = LoggerFactory.getLogger(RefusalNotes.class);
    private static final String FOLDER = "refusals";
    private static final int AT_ONCE = 8;

    private final RefusedSeries refused;
    private final Spool spool;
    private final Path results;
    private final List<Destination> destinations;

    /** @param results folder the objects' files lie in */
    public RefusalNotes(RefusedSeries refused, Spool spool, Path results, List<Destination> destinations) {
        this.refused = refused;
        this.spool = spool;
        this.results = results;
        this.destinations = destinations.stream()
                .filter(one -> !one.terms().sendRefusals().isEmpty())
                .toList();
    }

    /**
     * Tells of what was refused since the last turn. Stopped at any point it does the same again, with the same UIDs.
     *
     * @throws TemporaryException if the disk or the database does not do its part
     */
    public void turn() {
        for (SeriesRow row : refused.due(AT_ONCE)) {
            Map<ResultForm, StoredResult> objects = destinations.isEmpty() ? Map.of() : write(row);
            Map<String, List<StoredResult>> addressed = new LinkedHashMap<>();
            for (Destination destination : destinations) {
                addressed.put(
                        destination.name(),
                        objects.entrySet().stream()
                                .filter(one ->
                                        destination.terms().sendRefusals().contains(one.getKey()))
                                .map(Map.Entry::getValue)
                                .toList());
            }
            if (refused.told(row, addressed) && !objects.isEmpty()) {
                LOG.info("series {}: its refusal is told to {}", row.seriesKey(), addressed.keySet());
            }
        }
    }

    /** Of the first image that can be read; nothing where there is none, as of documents. */
    private Map<ResultForm, StoredResult> write(SeriesRow row) {
        Map<ResultForm, Path> files = files(row);
        Optional<String> problem = Optional.of("no object is left of it");
        for (Path source : spool.files(row.seriesKey())) {
            try {
                Map<ResultForm, StoredResult> objects = new EnumMap<>(ResultForm.class);
                for (ResultObject one : RefusalObjects.write(source, text(row), files)) {
                    String name = results.relativize(one.file()).toString();
                    objects.put(one.form(), new StoredResult(name, one.sopClassUid(), one.sopInstanceUid()));
                }
                return objects;
            } catch (UnusableSeriesException e) {
                problem = Optional.ofNullable(e.getMessage());
            }
        }
        LOG.info("series {}: its refusal is told to nobody: {}", row.seriesKey(), problem.orElse("no reason given"));
        return new EnumMap<>(ResultForm.class);
    }

    private static RefusalText text(SeriesRow row) {
        return new RefusalText(
                "This series was not segmented. Series Instance UID "
                        + row.series().seriesInstanceUid(),
                row.reason().isBlank() ? "No reason was noted." : row.reason(),
                "The images themselves are unchanged. If the series is not as it should be, send it again completely;"
                        + " otherwise ask the administrator of " + row.series().calledAet() + " about series "
                        + row.seriesKey() + ".",
                row.changed());
    }

    private Map<ResultForm, Path> files(SeriesRow row) {
        Set<ResultForm> forms = EnumSet.noneOf(ResultForm.class);
        destinations.forEach(one -> forms.addAll(one.terms().sendRefusals()));
        Path folder = results.resolve(FOLDER);
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new TemporaryException("the folder of refusals cannot be made: " + e.getMessage(), e);
        }
        Map<ResultForm, Path> files = new EnumMap<>(ResultForm.class);
        forms.forEach(form ->
                files.put(form, folder.resolve(row.seriesKey() + "-" + row.revision() + "-" + form.word() + ".dcm")));
        return files;
    }
}
