package org.segnode.pacs;

import java.io.IOException;
import org.aoju.bus.image.Dimse;
import org.aoju.bus.image.Status;
import org.aoju.bus.image.Tag;
import org.aoju.bus.image.galaxy.data.Attributes;
import org.aoju.bus.image.galaxy.data.VR;
import org.aoju.bus.image.metric.Association;
import org.aoju.bus.image.metric.Commands;
import org.aoju.bus.image.metric.DimseRQHandler;
import org.aoju.bus.image.metric.ImageException;
import org.aoju.bus.image.metric.PDVInputStream;
import org.aoju.bus.image.metric.internal.pdu.Presentation;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers C-ECHO and C-STORE (PS3.7 9.1), and what is reported of storage commitments. */
final class StorageService implements DimseRQHandler {
    private static final Logger LOG = LoggerFactory.getLogger(StorageService.class);

    private final ScpTimeouts timeouts;
    private final ObjectReception reception;
    private final ReceptionListener listener;
    private final CommitmentEvents commitments;
    private final RunningStores running;

    StorageService(
            ScpTimeouts timeouts,
            ObjectReception reception,
            ReceptionListener listener,
            CommitmentEvents commitments,
            RunningStores running) {
        this.timeouts = timeouts;
        this.reception = reception;
        this.listener = listener;
        this.commitments = commitments;
        this.running = running;
    }

    @Override
    public void onDimse(
            Association association, Presentation context, Dimse dimse, Attributes command, PDVInputStream data)
            throws IOException {
        switch (dimse) {
            case C_ECHO_RQ -> respond(association, context, Commands.mkEchoRSP(command, Status.Success));
            case C_STORE_RQ -> store(association, context, command, data);
            case N_EVENT_REPORT_RQ ->
                respond(
                        association,
                        context,
                        commitments.answer(association, association.getCallingAET(), context, command, data));
            default -> {
                LOG.info("association {}: {} is not offered here", association.getSerialNo(), dimse);
                Attributes answer = new ImageException(Status.UnrecognizedOperation)
                        .mkRSP(dimse.commandFieldOfRSP(), command.getInt(Tag.MessageID, 0));
                respond(association, context, answer);
            }
        }
    }

    private void store(Association association, Presentation context, Attributes command, PDVInputStream data)
            throws IOException {
        WatchedSocket socket = (WatchedSocket) association.getSocket();
        if (!running.begin(socket)) {
            throw new IOException("the node is stopping");
        }
        try {
            socket.allowWhileMoving("more of the object", timeouts.stall());
            Attributes answer = Commands.mkCStoreRSP(command, Status.Success);
            receive(association, context, command, data, answer);
            respond(association, context, answer);
        } finally {
            running.forget(socket);
        }
        if (running.isStopping()) {
            throw new IOException("the node is stopping");
        }
    }

    private void receive(
            Association association, Presentation context, Attributes command, PDVInputStream data, Attributes answer)
            throws IOException {
        try {
            reception.receive(origin(association, context, command), data, (WatchedSocket) association.getSocket());
        } catch (StoreRefusal refusal) {
            data.skipAll();
            LOG.warn(
                    "association {}: an object is refused with status {}: {}",
                    association.getSerialNo(),
                    String.format("%04X", refusal.status()),
                    refusal.getMessage());
            note(association, refusal);
            answer.setInt(Tag.Status, VR.US, refusal.status());
            answer.setString(Tag.ErrorComment, VR.LO, refusal.comment());
        }
    }

    private void note(Association association, StoreRefusal refusal) {
        try {
            boolean full = refusal.status() == StoreRefusal.OUT_OF_RESOURCES; // its message counts MiB
            listener.refused(association.getCallingAET(), full ? "no room on the disk" : refusal.reason());
        } catch (RuntimeException e) {
            LOG.error("association {}: a refusal could not be noted: {}", association.getSerialNo(), e.getMessage());
        }
    }

    /** What the command set says, checked. */
    static Origin origin(Association association, Presentation context, Attributes command) throws StoreRefusal {
        String sopClass = Uid.of(command, Tag.AffectedSOPClassUID).orElse("");
        Presentation proposed = association.getAAssociateRQ().getPresentationContext(context.getPCID());
        if (!SopClasses.isStorage(sopClass) || !sopClass.equals(proposed.getAbstractSyntax())) {
            throw new StoreRefusal(
                    StoreRefusal.SOP_CLASS_NOT_SUPPORTED, "the SOP class is not that of the presentation context");
        }
        String instance = Uid.of(command, Tag.AffectedSOPInstanceUID)
                .orElseThrow(() ->
                        new StoreRefusal(StoreRefusal.CANNOT_UNDERSTAND, "Affected SOP Instance UID is not a UID"));
        return new Origin(
                sopClass,
                instance,
                context.getTransferSyntax(),
                association.getRemoteAET(),
                association.getLocalAET(),
                association.getSerialNo());
    }

    private void respond(Association association, Presentation context, Attributes answer) {
        ((WatchedSocket) association.getSocket()).allow("next message", timeouts.idle());
        association.tryWriteDimseRSP(context, answer);
    }

    @Override
    public void onClose(Association association) {
        if (association.getAAssociateAC() == null) {
            return; // was rejected
        }
        LOG.info("association {} has ended", association.getSerialNo());
        try {
            listener.associationEnded(association.getSerialNo(), ((WatchedSocket) association.getSocket()).released());
        } catch (RuntimeException e) {
            LOG.error("association {}: its end could not be noted", association.getSerialNo(), e);
        }
    }
}
