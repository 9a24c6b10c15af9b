package org.segnode.pacs;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.aoju.bus.image.Status;
import org.aoju.bus.image.Tag;
import org.aoju.bus.image.galaxy.data.Attributes;
import org.aoju.bus.image.metric.internal.pdu.Presentation;
import org.segnode.TemporaryException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sends objects (C-STORE) and asks peers whether they are there (C-ECHO). Safe for several threads. */
public final class StorageScu {
    private static final Logger LOG = LoggerFactory.getLogger(StorageScu.class);
    private static final int MOST_CONTEXTS = 128;

    private final String callingAet;
    private final ScuTimeouts timeouts;

    public StorageScu(String callingAet) {
        this(callingAet, ScuTimeouts.DEFAULT);
    }

    public StorageScu(String callingAet, ScuTimeouts timeouts) {
        this.callingAet = AeTitle.require("the calling AE title", callingAet);
        this.timeouts = timeouts;
    }

    /**
     * Sends files on one association, each in the transfer syntax it is stored in; segmentations deflated where the peer
     * takes that, uncompressed objects in implicit VR little endian where it takes nothing else. Nothing is sent unless the peer takes all of them. An object that the peer
     * says it has already (status 0111), and one it takes with a warning, is delivered.
     *
     * @param files DICOM files with file meta information
     * @throws RefusedByPeerException if the peer rejects the association, a kind of object, or an object; those before it
     *     are delivered
     * @throws TemporaryException if the peer cannot be reached, is busy, or the association breaks
     * @throws IllegalArgumentException if a file is not a DICOM file, or more than 128 presentation contexts were needed
     */
    public void send(RemoteAe peer, List<Path> files) throws RefusedByPeerException {
        List<OutgoingObject> objects = files.stream().map(OutgoingObject::of).toList();
        if (objects.isEmpty()) {
            return;
        }
        try (ScuAssociation association = new ScuAssociation(callingAet, peer, contexts(objects), timeouts)) {
            List<String> syntaxes = new ArrayList<>();
            for (OutgoingObject object : objects) {
                syntaxes.add(syntax(association, object)
                        .orElseThrow(() -> new RefusedByPeerException(peer + " does not take SOP class "
                                + object.sopClassUid() + " in transfer syntax " + object.transferSyntaxUid())));
            }
            for (int n = 0; n < objects.size(); n++) {
                check(peer, objects.get(n), association.store(objects.get(n), syntaxes.get(n)));
            }
        }
    }

    /**
     * C-ECHO.
     *
     * @throws RefusedByPeerException if the peer answers, but not with success
     * @throws TemporaryException if it does not answer
     */
    public void echo(RemoteAe peer) throws RefusedByPeerException {
        List<Presentation> verification =
                List.of(new Presentation(1, SopClasses.VERIFICATION, TransferSyntaxes.IMPLICIT_VR_LITTLE_ENDIAN));
        try (ScuAssociation association = new ScuAssociation(callingAet, peer, verification, timeouts)) {
            if (!association.accepts(SopClasses.VERIFICATION, TransferSyntaxes.IMPLICIT_VR_LITTLE_ENDIAN)) {
                throw new RefusedByPeerException(peer + " does not offer verification");
            }
            int status = association.echo().getInt(Tag.Status, RefusedByPeerException.NO_STATUS);
            if (status != Status.Success) {
                throw new RefusedByPeerException(status, peer + " answers C-ECHO with status " + hex(status));
            }
        }
    }

    /**
     * Whether a peer takes objects of a SOP class, as it says when it is asked for an association.
     *
     * @throws RefusedByPeerException if it rejects the association
     * @throws TemporaryException if it does not answer
     */
    public boolean takes(RemoteAe peer, String sopClassUid) throws RefusedByPeerException {
        List<Presentation> contexts =
                List.of(new Presentation(1, sopClassUid, TransferSyntaxes.EXPLICIT_VR_LITTLE_ENDIAN));
        try (ScuAssociation association = new ScuAssociation(callingAet, peer, contexts, timeouts)) {
            return association.accepts(sopClassUid);
        }
    }

    private record Context(String sopClassUid, String transferSyntaxUid) {}

    private static List<Presentation> contexts(List<OutgoingObject> objects) {
        Set<Context> wanted = new LinkedHashSet<>();
        for (OutgoingObject object : objects) {
            object.syntaxes().forEach(syntax -> wanted.add(new Context(object.sopClassUid(), syntax)));
        }
        if (wanted.size() > MOST_CONTEXTS) {
            throw new IllegalArgumentException("the files need " + wanted.size()
                    + " presentation contexts, an association has at most " + MOST_CONTEXTS);
        }
        List<Presentation> contexts = new ArrayList<>();
        for (Context context : wanted) {
            contexts.add(new Presentation(2 * contexts.size() + 1, context.sopClassUid(), context.transferSyntaxUid()));
        }
        return contexts;
    }

    private static Optional<String> syntax(ScuAssociation association, OutgoingObject object) {
        return object.syntaxes().stream()
                .filter(syntax -> association.accepts(object.sopClassUid(), syntax))
                .findFirst();
    }

    private static void check(RemoteAe peer, OutgoingObject object, Attributes response) throws RefusedByPeerException {
        int status = response.getInt(Tag.Status, RefusedByPeerException.NO_STATUS);
        if (status == Status.Success) {
            return;
        }
        String comment = response.getString(Tag.ErrorComment, "");
        if (status == Status.DuplicateSOPinstance || (status & 0xF000) == 0xB000) {
            LOG.info("{} takes {} with status {}", peer, object.sopInstanceUid(), hex(status));
            return;
        }
        throw new RefusedByPeerException(
                status,
                peer + " refuses " + object.sopInstanceUid() + " with status " + hex(status)
                        + (comment.isEmpty() ? "" : ": " + comment));
    }

    private static String hex(int status) {
        return String.format("%04X", status);
    }
}
