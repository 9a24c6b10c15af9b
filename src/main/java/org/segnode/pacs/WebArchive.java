package org.segnode.pacs;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * An archive that speaks DICOMweb.
 *
 * @param sender AE title that what it gives is noted under
 */
public record WebArchive(DicomWebClient client, String sender) implements Archive {
    @Override
    public Matches find(Query query) throws RefusedByPeerException {
        return client.find(query);
    }

    @Override
    public Retrieved fetch(Retrieval what, Intake intake) throws RefusedByPeerException {
        AtomicInteger kept = new AtomicInteger();
        try (FileReception.Transfer transfer = intake.files().begin(sender)) {
            int came = client.fetch(what, file -> {
                if (transfer.take(file, Optional.of(what.studyInstanceUid())).isStored()) {
                    kept.incrementAndGet();
                }
            });
            transfer.complete();
            return new Retrieved(kept.get(), came - kept.get());
        }
    }

    @Override
    public String toString() {
        return client.toString();
    }
}
