package org.segnode.pacs;

import java.io.IOException;
import java.net.SocketException;
import java.util.List;
import org.aoju.bus.image.Device;
import org.aoju.bus.image.metric.AdvancedHandler;
import org.aoju.bus.image.metric.ApplicationEntity;
import org.aoju.bus.image.metric.Connection;
import org.segnode.TemporaryException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Storage and verification SCP. A C-STORE is answered with success when the object lies synced in the spool and the
 * listener has taken note of it.
 */
public final class StorageScp implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(StorageScp.class);

    /** A rejected peer closes the connection itself (PS3.8 9.2.3, Sta13); one that is slow still reads the reason. */
    private static final int REJECTED_MAY_READ_MS = 2000;

    private final ScpConfiguration configuration;
    private final AssociationServer server;
    private final Watchdog watchdog = new Watchdog();
    private final Connection connection = new Connection();
    private final RunningStores running = new RunningStores();
    private final OpenAssociations associations;

    /**
     * Takes the port; peers are served from {@link #start} on.
     *
     * @throws TemporaryException if a port cannot be had
     */
    public StorageScp(ScpConfiguration configuration, Spool spool, ReceptionListener listener) {
        this(configuration, spool, listener, CommitmentListener.NOBODY_ASKED);
    }

    /**
     * @param commitments told what storage commitment SCPs report
     * @throws TemporaryException if a port cannot be had
     */
    public StorageScp(
            ScpConfiguration configuration, Spool spool, ReceptionListener listener, CommitmentListener commitments) {
        this.configuration = configuration;
        this.associations = new OpenAssociations(configuration.limits());
        try {
            server = new AssociationServer(configuration, this::serve);
        } catch (IOException e) {
            watchdog.close();
            throw new TemporaryException("cannot listen on " + e.getMessage(), e);
        }
        Capacity capacity = new Capacity(spool, configuration.minimumFreeBytes(), listener);
        ObjectReception reception = new ObjectReception(spool, listener, capacity);
        Admission admission = new Admission(configuration.callers(), running, associations, capacity);
        prepareDevice(
                new StorageService(
                        configuration.timeouts(), reception, listener, new CommitmentEvents(commitments), running),
                new Negotiation(configuration, admission, listener));
    }

    private void prepareDevice(StorageService service, Negotiation negotiation) {
        connection.setReceivePDULength(configuration.limits().maxPduBytes());
        connection.setSendPDULength(configuration.limits().maxPduBytes());
        connection.setSocketCloseDelay(REJECTED_MAY_READ_MS);
        Device device = new Device("segnode");
        device.addConnection(connection);
        device.setExecutor(Runnable::run); // an association lives in the thread that its socket was given
        device.setScheduledExecutor(watchdog.delays());
        device.setAssociationHandler(negotiation);
        device.addApplicationEntity(entity(configuration.aeTitle(), service));
        configuration.otherAeTitles().forEach(other -> device.addApplicationEntity(entity(other, service)));
    }

    private ApplicationEntity entity(String aeTitle, StorageService service) {
        ApplicationEntity entity = new ApplicationEntity(aeTitle);
        entity.setAssociationAcceptor(true);
        entity.addConnection(connection);
        entity.setDimseRQHandler(service);
        return entity;
    }

    public void start() {
        server.start();
        LOG.info("{} listens on {}, ports {}", configuration.aeTitle(), configuration.listening(), ports());
    }

    /** The first port it listens on. */
    public int port() {
        return ports().get(0);
    }

    /** The ports it listens on, in the order of the configuration. */
    public List<Integer> ports() {
        return server.ports();
    }

    private void serve(WatchedSocket socket) {
        watchdog.watch(socket);
        boolean encrypted = false;
        try {
            socket.setTcpNoDelay(true);
            socket.encryptAccepted(configuration.timeouts().association());
            encrypted = true;
            socket.allow("complete A-ASSOCIATE-RQ", configuration.timeouts().association());
            AdvancedHandler.INSTANCE.onAccept(connection, socket);
            socket.awaitEnd();
        } catch (SocketException e) {
            LOG.debug("{} is gone: {}", socket.getRemoteSocketAddress(), e.getMessage());
        } catch (IOException e) {
            LOG.info("{}: {}{}", socket.getRemoteSocketAddress(), encrypted ? "" : "no TLS: ", e.getMessage());
        } finally {
            Watchdog.cut(socket);
            associations.leave(socket);
            running.forget(socket);
            watchdog.forget(socket);
        }
    }

    /** Accepts nobody any more, lets running stores finish, then disconnects all. */
    @Override
    public void close() {
        server.stopAccepting();
        running.stop();
        server.connections().stream()
                .filter(socket -> !running.isStoring(socket))
                .forEach(Watchdog::cut);
        try {
            if (!server.awaitNobody(configuration.timeouts().stop())) {
                LOG.warn(
                        "stores that run longer than {} s are cut off",
                        configuration.timeouts().stop().toSeconds());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        server.close();
        watchdog.close();
        LOG.info("{} has stopped listening", configuration.aeTitle());
    }
}
