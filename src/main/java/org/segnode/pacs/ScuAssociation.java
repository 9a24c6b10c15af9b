package org.segnode.pacs;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import org.aoju.bus.core.exception.InternalException;
import org.aoju.bus.image.Device;
import org.aoju.bus.image.Tag;
import org.aoju.bus.image.galaxy.data.Attributes;
import org.aoju.bus.image.metric.ApplicationEntity;
import org.aoju.bus.image.metric.Association;
import org.aoju.bus.image.metric.Connection;
import org.aoju.bus.image.metric.DimseRQHandler;
import org.aoju.bus.image.metric.DimseRSP;
import org.aoju.bus.image.metric.internal.pdu.AAssociateRJ;
import org.aoju.bus.image.metric.internal.pdu.AAssociateRQ;
import org.aoju.bus.image.metric.internal.pdu.Presentation;
import org.jspecify.annotations.Nullable;
import org.segnode.TemporaryException;
import org.segnode.dicom.Implementation;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** An association that we opened. Every wait for the peer is bounded. Closing releases it. */
final class ScuAssociation implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ScuAssociation.class);
    private static final int PDU_BYTES = 262_144;
    private static final int REJECTED_TRANSIENT = AAssociateRJ.RESULT_REJECTED_TRANSIENT;

    private final RemoteAe peer;
    private final ScuTimeouts timeouts;
    private final @Nullable DimseRQHandler requests;
    private final Watchdog watchdog = new Watchdog();
    private final WatchedSocket socket;
    private final Association association;
    private boolean unfinished;

    /**
     * @throws RefusedByPeerException if the peer rejects us for good
     * @throws TemporaryException if it cannot be reached, or rejects us for now
     */
    ScuAssociation(String callingAet, RemoteAe peer, List<Presentation> contexts, ScuTimeouts timeouts)
            throws RefusedByPeerException {
        this(callingAet, peer, contexts, timeouts, null);
    }

    /**
     * @param requests serves what the peer asks of us on this association
     * @throws RefusedByPeerException if the peer rejects us for good
     * @throws TemporaryException if it cannot be reached, or rejects us for now
     */
    ScuAssociation(
            String callingAet,
            RemoteAe peer,
            List<Presentation> contexts,
            ScuTimeouts timeouts,
            @Nullable DimseRQHandler requests)
            throws RefusedByPeerException {
        this.peer = peer;
        this.timeouts = timeouts;
        this.requests = requests;
        this.socket = new WatchedSocket(ConnectionLimits.LONGEST_PDU_BYTES, peer.tls());
        boolean open = false;
        try {
            association = open(callingAet, contexts);
            open = true;
        } finally {
            if (!open) {
                end();
            }
        }
    }

    /** A step of the exchange with the peer. */
    private interface Step<T> {
        T run() throws IOException, InterruptedException, GeneralSecurityException;
    }

    private Association open(String callingAet, List<Presentation> contexts) throws RefusedByPeerException {
        AAssociateRQ request = new AAssociateRQ();
        request.setCallingAET(callingAet);
        request.setCalledAET(peer.aet());
        request.setImplClassUID(Implementation.CLASS_UID);
        request.setImplVersionName(Implementation.VERSION_NAME);
        contexts.forEach(request::addPresentationContext);
        StorageContexts.roles(contexts).forEach(request::addRoleSelection);
        ApplicationEntity entity = entity(callingAet);
        Connection local = entity.getConnections().get(0);
        try {
            return attempt(
                    "no association with " + peer,
                    () -> entity.connect(local, new Connection(null, peer.host(), peer.port()), request));
        } catch (TemporaryException e) {
            if (e.getCause() instanceof AAssociateRJ rejection && rejection.getResult() != REJECTED_TRANSIENT) {
                throw new RefusedByPeerException(peer + " rejects the association: " + rejection.getMessage());
            }
            throw e;
        }
    }

    private ApplicationEntity entity(String callingAet) {
        Connection local = new WatchedConnection();
        local.setSendPDULength(PDU_BYTES);
        local.setReceivePDULength(PDU_BYTES);
        Device device = new Device("segnode");
        device.addConnection(local);
        device.setExecutor(reader -> {
            Thread thread = new Thread(reader, "dicom-scu-" + peer.aet());
            thread.setDaemon(true);
            thread.start();
        });
        device.setScheduledExecutor(watchdog.delays());
        ApplicationEntity entity = new ApplicationEntity(callingAet);
        entity.addConnection(local);
        entity.setAssociationInitiator(true);
        if (requests != null) {
            entity.setDimseRQHandler(requests);
        }
        device.addApplicationEntity(entity);
        return entity;
    }

    /** Whether the peer accepts the SOP class in any of the transfer syntaxes that were proposed. */
    boolean accepts(String sopClassUid) {
        return !association.getTransferSyntaxesFor(sopClassUid).isEmpty();
    }

    boolean accepts(String sopClassUid, String transferSyntaxUid) {
        return association.getTransferSyntaxesFor(sopClassUid).contains(transferSyntaxUid);
    }

    /** Whether messages can be exchanged. */
    boolean isOpen() {
        return association.isReadyForDataTransfer();
    }

    /** From now on the peer has this long to say something. */
    void allow(String forWhat, Duration allowed) {
        socket.allow(forWhat, allowed);
    }

    /** @return the response's command set */
    Attributes echo() {
        return attempt("no C-ECHO with " + peer, () -> response(association.cecho()));
    }

    /** @return the response's command set */
    Attributes store(OutgoingObject object, String transferSyntaxUid) {
        return attempt("sending to " + peer + " failed", () -> {
            socket.allowWhileMoving("room for more of the object", timeouts.stall());
            unfinished = true;
            DimseRSP answer = association.cstore(
                    object.sopClassUid(), object.sopInstanceUid(), 0, object.in(transferSyntaxUid), transferSyntaxUid);
            unfinished = false;
            return response(answer);
        });
    }

    /**
     * C-FIND.
     *
     * @param answers told of each answer's identifier; says whether one more is wanted
     */
    ScuResponses find(String sopClassUid, Attributes identifier, Predicate<Attributes> answers) {
        return exchange(
                "the query to " + peer + " failed",
                response -> response.identifier() == null || answers.test(response.identifier()),
                responses -> association.cfind(sopClassUid, 0, identifier, anySyntax(sopClassUid), responses));
    }

    /** C-MOVE. */
    ScuResponses move(String sopClassUid, Attributes identifier, String destinationAet) {
        return exchange(
                "the retrieval from " + peer + " failed",
                response -> true,
                responses -> association.cmove(
                        sopClassUid, 0, identifier, anySyntax(sopClassUid), destinationAet, responses));
    }

    /** C-GET. */
    ScuResponses get(String sopClassUid, Attributes identifier) {
        return exchange(
                "the retrieval from " + peer + " failed",
                response -> true,
                responses -> association.cget(sopClassUid, 0, identifier, anySyntax(sopClassUid), responses));
    }

    /** Sends a request that has several responses. */
    private interface Request {
        void send(ScuResponses responses) throws IOException, InterruptedException;
    }

    private ScuResponses exchange(String what, Predicate<ScuResponses.Response> more, Request request) {
        return attempt(what, () -> {
            ScuResponses responses = new ScuResponses(association.nextMessageID(), socket, timeouts, more);
            unfinished = true;
            request.send(responses);
            responses.await();
            unfinished = false;
            return responses;
        });
    }

    private String anySyntax(String sopClassUid) {
        return association.getTransferSyntaxesFor(sopClassUid).iterator().next();
    }

    /** N-ACTION. @return the response's command set */
    Attributes action(String sopClassUid, String sopInstanceUid, int actionType, Attributes information) {
        return attempt(
                "no N-ACTION with " + peer,
                () -> response(association.naction(sopClassUid, sopInstanceUid, actionType, information, null)));
    }

    private Attributes response(DimseRSP answer) throws IOException, InterruptedException {
        socket.allow("response", timeouts.response());
        answer.next();
        Attributes command = answer.getCommand();
        if (!command.contains(Tag.Status)) {
            throw new IOException("the response has no status");
        }
        return command;
    }

    private <T> T attempt(String what, Step<T> step) {
        try {
            return step.run();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TemporaryException(what + ": interrupted", e);
        } catch (IOException | GeneralSecurityException | InternalException e) {
            String reason = socket.endedFor().orElse(Objects.toString(e.getMessage(), e.toString()));
            throw new TemporaryException(what + ": " + reason, e);
        }
    }

    @Override
    public void close() {
        try {
            if (unfinished) {
                association.abort();
            } else if (association.isReadyForDataTransfer()) {
                socket.allow("answer to A-RELEASE-RQ", timeouts.association());
                association.release();
                association.waitForSocketClose();
            }
        } catch (IOException | InternalException e) {
            LOG.info("{}: the association was not released in order: {}", peer, e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            end();
        }
    }

    private void end() {
        Watchdog.cut(socket);
        watchdog.close();
    }

    /** Connects with the watched socket in place of the toolkit's own. */
    private final class WatchedConnection extends Connection {
        private static final long serialVersionUID = 1L;

        @Override
        public Socket connect(Connection remote) throws IOException {
            socket.setTcpNoDelay(true);
            socket.connect(
                    new InetSocketAddress(peer.host(), peer.port()),
                    Math.toIntExact(timeouts.connect().toMillis()));
            watchdog.watch(socket);
            socket.encryptConnected(timeouts.association(), peer.host(), peer.port());
            socket.allow("answer to A-ASSOCIATE-RQ", timeouts.association());
            return socket;
        }
    }
}
