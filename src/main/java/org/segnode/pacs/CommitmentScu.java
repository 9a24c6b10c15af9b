package org.segnode.pacs;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.aoju.bus.image.Dimse;
import org.aoju.bus.image.Status;
import org.aoju.bus.image.Tag;
import org.aoju.bus.image.galaxy.data.Attributes;
import org.aoju.bus.image.galaxy.data.Sequence;
import org.aoju.bus.image.galaxy.data.VR;
import org.aoju.bus.image.metric.Association;
import org.aoju.bus.image.metric.DimseRQHandler;
import org.aoju.bus.image.metric.ImageException;
import org.aoju.bus.image.metric.PDVInputStream;
import org.aoju.bus.image.metric.internal.pdu.Presentation;
import org.segnode.TemporaryException;

/** Asks peers to keep what they were sent (Storage Commitment Push Model, PS3.4 Annex J). Safe for several threads. */
public final class CommitmentScu {
    private static final int REQUEST_COMMITMENT = 1;

    private final String callingAet;
    private final ScuTimeouts timeouts;
    private final CommitmentListener listener;

    /** @param listener told of what peers report on the associations that are opened here */
    public CommitmentScu(String callingAet, ScuTimeouts timeouts, CommitmentListener listener) {
        this.callingAet = AeTitle.require("the calling AE title", callingAet);
        this.timeouts = timeouts;
        this.listener = listener;
    }

    /**
     * Sends the request (N-ACTION). A report that comes while the association is open is handed to the listener, of whatever
     * transaction it is.
     *
     * @param transactionUid new for every request
     * @param stay how long the association stays open for the report of this transaction; zero if it comes on another one
     * @return whether the report came
     * @throws RefusedByPeerException if the peer does not offer storage commitment, or answers with a failure
     * @throws TemporaryException if the peer cannot be reached, is busy, or the association breaks before it has answered
     */
    public boolean request(RemoteAe peer, String transactionUid, List<SopInstance> objects, Duration stay)
            throws RefusedByPeerException {
        Reports reports = new Reports(peer, transactionUid);
        Presentation context = new Presentation(
                1,
                SopClasses.STORAGE_COMMITMENT,
                TransferSyntaxes.EXPLICIT_VR_LITTLE_ENDIAN,
                TransferSyntaxes.IMPLICIT_VR_LITTLE_ENDIAN);
        try (ScuAssociation association = new ScuAssociation(callingAet, peer, List.of(context), timeouts, reports)) {
            if (!association.accepts(SopClasses.STORAGE_COMMITMENT)) {
                throw new RefusedByPeerException(peer + " does not offer storage commitment");
            }
            Attributes answer = association.action(
                    SopClasses.STORAGE_COMMITMENT,
                    SopClasses.STORAGE_COMMITMENT_INSTANCE,
                    REQUEST_COMMITMENT,
                    information(transactionUid, objects));
            int status = answer.getInt(Tag.Status, RefusedByPeerException.NO_STATUS);
            if (status != Status.Success) {
                throw new RefusedByPeerException(
                        status, peer + " refuses to commit with status " + String.format("%04X", status));
            }
            return !stay.isZero() && reports.await(association, stay);
        }
    }

    private static Attributes information(String transactionUid, List<SopInstance> objects) {
        Attributes information = new Attributes();
        information.setString(Tag.TransactionUID, VR.UI, transactionUid);
        Sequence references = information.newSequence(Tag.ReferencedSOPSequence, objects.size());
        for (SopInstance object : objects) {
            Attributes item = new Attributes();
            item.setString(Tag.ReferencedSOPClassUID, VR.UI, object.sopClassUid());
            item.setString(Tag.ReferencedSOPInstanceUID, VR.UI, object.sopInstanceUid());
            references.add(item);
        }
        return information;
    }

    /** What the peer reports on this association. */
    private final class Reports implements DimseRQHandler {
        private final RemoteAe peer;
        private final CountDownLatch reported = new CountDownLatch(1);
        private final CommitmentEvents events;

        Reports(RemoteAe peer, String transactionUid) {
            this.peer = peer;
            this.events = new CommitmentEvents(report -> {
                listener.reported(report);
                if (report.transactionUid().equals(transactionUid)) {
                    reported.countDown();
                }
            });
        }

        /** @return whether it came; false too if the peer ends the association */
        boolean await(ScuAssociation association, Duration stay) {
            long end = System.nanoTime() + stay.toNanos();
            association.allow("storage commitment report", stay.plus(timeouts.response()));
            try {
                while (association.isOpen() && System.nanoTime() < end) {
                    if (reported.await(100, TimeUnit.MILLISECONDS)) {
                        return true;
                    }
                }
                return reported.getCount() == 0;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return false;
            }
        }

        @Override
        public void onDimse(
                Association association, Presentation context, Dimse dimse, Attributes command, PDVInputStream data)
                throws IOException {
            Attributes answer = dimse == Dimse.N_EVENT_REPORT_RQ
                    ? events.answer(association, peer.aet(), context, command, data)
                    : new ImageException(Status.UnrecognizedOperation)
                            .mkRSP(dimse.commandFieldOfRSP(), command.getInt(Tag.MessageID, 0));
            association.tryWriteDimseRSP(context, answer);
        }

        @Override
        public void onClose(Association association) {
            // the wait sees that it is no longer open
        }
    }
}
