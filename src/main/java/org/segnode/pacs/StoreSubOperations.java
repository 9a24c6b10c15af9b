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

/** Takes the objects that an archive sends on our own association during a C-GET (PS3.4 C.4.3.2). */
final class StoreSubOperations implements DimseRQHandler {
    private static final Logger LOG = LoggerFactory.getLogger(StoreSubOperations.class);

    private final ObjectReception reception;
    private final ReceptionListener listener;
    private final ScuTimeouts timeouts;

    StoreSubOperations(Intake intake, ScuTimeouts timeouts) {
        this.reception = intake.reception();
        this.listener = intake.listener();
        this.timeouts = timeouts;
    }

    @Override
    public void onDimse(
            Association association, Presentation context, Dimse dimse, Attributes command, PDVInputStream data)
            throws IOException {
        WatchedSocket socket = (WatchedSocket) association.getSocket();
        Attributes answer;
        if (dimse == Dimse.C_STORE_RQ) {
            socket.allowWhileMoving("more of the object", timeouts.stall());
            answer = Commands.mkCStoreRSP(command, Status.Success);
            receive(association, context, command, data, answer);
        } else {
            answer = new ImageException(Status.UnrecognizedOperation)
                    .mkRSP(dimse.commandFieldOfRSP(), command.getInt(Tag.MessageID, 0));
        }
        socket.allow("next object or response", timeouts.response());
        association.tryWriteDimseRSP(context, answer);
    }

    private void receive(
            Association association, Presentation context, Attributes command, PDVInputStream data, Attributes answer)
            throws IOException {
        try {
            Origin origin = StorageService.origin(association, context, command);
            reception.receive(origin, data, (WatchedSocket) association.getSocket());
        } catch (StoreRefusal refusal) {
            data.skipAll();
            LOG.warn(
                    "association {}: an object is refused with status {}: {}",
                    association.getSerialNo(),
                    String.format("%04X", refusal.status()),
                    refusal.getMessage());
            answer.setInt(Tag.Status, VR.US, refusal.status());
            answer.setString(Tag.ErrorComment, VR.LO, refusal.comment());
        }
    }

    @Override
    public void onClose(Association association) {
        listener.associationEnded(association.getSerialNo(), ((WatchedSocket) association.getSocket()).released());
    }
}
