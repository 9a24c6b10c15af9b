package org.segnode.pacs;

import java.io.IOException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicInteger;
import org.aoju.bus.image.Dimse;
import org.aoju.bus.image.Status;
import org.aoju.bus.image.Tag;
import org.aoju.bus.image.galaxy.data.Attributes;
import org.aoju.bus.image.galaxy.data.VR;
import org.aoju.bus.image.metric.ApplicationEntity;
import org.aoju.bus.image.metric.Association;
import org.aoju.bus.image.metric.Commands;
import org.aoju.bus.image.metric.Connection;
import org.aoju.bus.image.metric.DimseRQHandler;
import org.aoju.bus.image.metric.PDVInputStream;
import org.aoju.bus.image.metric.TransferCapability;
import org.aoju.bus.image.metric.internal.pdu.Presentation;
import org.segnode.peers.FreePort;

/** An archive that answers queries as a test wants it. */
final class OddArchive implements AutoCloseable {
    private final org.aoju.bus.image.Device device = new org.aoju.bus.image.Device("odd");
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
    private final RemoteAe remote = new RemoteAe("ODD", "127.0.0.1", FreePort.next());
    final AtomicInteger cancels = new AtomicInteger();

    /** Answers one request, by {@link Call#pending} and {@link Call#end}. */
    interface Conduct {
        void answer(Call call) throws IOException, InterruptedException;
    }

    /** One C-FIND, C-MOVE or C-GET. */
    record Call(Association association, Presentation context, Dimse dimse, Attributes command, Attributes identifier) {
        void pending(Attributes answer) throws IOException {
            association.writeDimseRSP(context, Commands.mkCFindRSP(command, Status.Pending), answer);
        }

        void end(int status) throws IOException {
            Attributes response = Commands.mkCFindRSP(command, status);
            response.setInt(Tag.CommandField, VR.US, dimse.commandFieldOfRSP());
            association.writeDimseRSP(context, response);
        }
    }

    OddArchive(Conduct conduct) throws Exception {
        Connection connection = new Connection("odd", "127.0.0.1", remote.port());
        device.addConnection(connection);
        device.setExecutor(threads);
        device.setScheduledExecutor(timer);
        ApplicationEntity entity = new ApplicationEntity("ODD");
        entity.setAssociationAcceptor(true);
        entity.addConnection(connection);
        entity.addTransferCapability(new TransferCapability(null, "*", TransferCapability.Role.SCP, "*"));
        entity.setDimseRQHandler(new DimseRQHandler() {
            @Override
            public void onDimse(
                    Association association, Presentation context, Dimse dimse, Attributes command, PDVInputStream data)
                    throws IOException {
                Attributes identifier = data.readDataset(context.getTransferSyntax());
                association.addCancelRQHandler(command.getInt(Tag.MessageID, 0), same -> cancels.incrementAndGet());
                threads.execute(() -> answer(conduct, new Call(association, context, dimse, command, identifier)));
            }

            @Override
            public void onClose(Association association) {}
        });
        device.addApplicationEntity(entity);
        device.bindConnections();
    }

    private static void answer(Conduct conduct, Call call) {
        try {
            conduct.answer(call);
        } catch (IOException e) {
            call.association().abort(); // the asker has gone
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    RemoteAe remote() {
        return remote;
    }

    @Override
    public void close() {
        device.unbindConnections();
        threads.shutdownNow();
        timer.shutdownNow();
    }
}
