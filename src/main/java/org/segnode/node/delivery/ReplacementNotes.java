package org.segnode.node.delivery;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.segnode.TemporaryException;
import org.segnode.UnusableSeriesException;
import org.segnode.dicom.RejectedObject;
import org.segnode.dicom.RejectionNote;
import org.segnode.ledger.Delivery;
import org.segnode.ledger.DeliveryKind;
import org.segnode.ledger.Ledger;
import org.segnode.ledger.Replaced;
import org.segnode.ledger.StoredResult;
import org.segnode.node.settings.Destination;
import org.segnode.node.settings.OnReplace;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes the notes that reject what a newer result has replaced, and queues them for the destinations that have both. */
public final class ReplacementNotes {
    private static final Logger LOG = LoggerFactory.getLogger(ReplacementNotes.class);
    private static final String FOLDER = "rejections";

    private final Ledger ledger;
    private final Path results;

    /** @param results folder the objects' files lie in */
    public ReplacementNotes(Ledger ledger, Path results) {
        this.ledger = ledger;
        this.results = results;
    }

    /**
     * Rejects what has been replaced at a destination. Stopped at any point it does the same again, with the same UIDs.
     *
     * @throws TemporaryException if the disk or the database does not do its part
     */
    public void turn(Destination destination) {
        if (destination.terms().onReplace() == OnReplace.KEEP) {
            return;
        }
        List<Replaced> replaced = ledger.replacements().next(destination.name());
        if (replaced.isEmpty()) {
            return;
        }
        try {
            StoredResult note = write(destination, replaced);
            ledger.replacements().reject(replaced, note);
            LOG.info(
                    "job {} has replaced {} objects at {}: a rejection note is queued, SOP Instance UID {}",
                    replaced.get(0).byJob(),
                    replaced.size(),
                    destination.name(),
                    note.sopInstanceUid());
        } catch (UnusableSeriesException e) {
            throw new TemporaryException("a rejection note cannot be written: " + e.getMessage(), e);
        }
    }

    private StoredResult write(Destination destination, List<Replaced> replaced) throws UnusableSeriesException {
        long byJob = replaced.get(0).byJob();
        Path newer = ledger.deliveries().ofJob(byJob).stream()
                .filter(one -> one.kind() == DeliveryKind.RESULT)
                .map(one -> results.resolve(one.result().file()))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("job " + byJob + " has no result"));
        List<RejectedObject> objects =
                replaced.stream().map(ReplacementNotes::object).toList();
        RejectionNote.Why why = destination.terms().onReplace() == OnReplace.REJECT_SAFETY
                ? RejectionNote.Why.PATIENT_SAFETY
                : RejectionNote.Why.QUALITY;
        String name =
                FOLDER + "/job-" + byJob + "-" + replaced.get(0).delivery().id() + ".dcm";
        RejectedObject note = RejectionNote.write(newer, objects, why, file(name));
        return new StoredResult(name, note.sopClassUid(), note.sopInstanceUid());
    }

    private Path file(String name) {
        try {
            Files.createDirectories(results.resolve(FOLDER));
            return results.resolve(name);
        } catch (IOException e) {
            throw new TemporaryException("the folder of rejection notes cannot be made: " + e.getMessage(), e);
        }
    }

    private static RejectedObject object(Replaced replaced) {
        Delivery delivery = replaced.delivery();
        return new RejectedObject(
                replaced.seriesInstanceUid(),
                delivery.result().sopClassUid(),
                delivery.result().sopInstanceUid());
    }
}
