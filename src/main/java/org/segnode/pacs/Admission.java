package org.segnode.pacs;

import java.util.Optional;
import java.util.Set;
import org.aoju.bus.image.metric.internal.pdu.AAssociateRQ;

/** Who may open an association now, and what for. */
final class Admission {
    private final Callers callers;
    private final RunningStores running;
    private final OpenAssociations associations;
    private final Capacity capacity;

    Admission(Callers callers, RunningStores running, OpenAssociations associations, Capacity capacity) {
        this.callers = callers;
        this.running = running;
        this.associations = associations;
        this.capacity = capacity;
    }

    /**
     * Counts the association from now on.
     *
     * @return what the caller may do, at least one
     */
    Set<Caller.Permission> admit(WatchedSocket socket, AAssociateRQ request) throws Rejection {
        Set<Caller.Permission> permissions = callers.permissions(request.getCallingAET(), socket.getInetAddress());
        if (permissions.isEmpty()) {
            throw Rejection.ofStranger("the calling AE title is not allowed from this host");
        }
        if (running.isStopping()) {
            throw Rejection.ofCongestion("the node is stopping");
        }
        Optional<String> congestion = wouldStore(request) ? capacity.congestion() : Optional.empty();
        if (congestion.isPresent()) {
            throw Rejection.ofCongestion(congestion.get());
        }
        Optional<String> full = associations.enter(socket);
        if (full.isPresent()) {
            throw Rejection.ofTooMany(full.get());
        }
        return permissions;
    }

    private static boolean wouldStore(AAssociateRQ request) {
        return request.getPresentationContexts().stream()
                .anyMatch(proposed -> SopClasses.isStorage(String.valueOf(proposed.getAbstractSyntax())));
    }
}
