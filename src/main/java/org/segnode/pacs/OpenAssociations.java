package org.segnode.pacs;

import java.net.InetAddress;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Counts accepted associations against the limits. */
final class OpenAssociations {
    private final ConnectionLimits limits;
    private final Map<WatchedSocket, InetAddress> open = new HashMap<>();

    OpenAssociations(ConnectionLimits limits) {
        this.limits = limits;
    }

    /** @return why there cannot be one more, or nothing: it counts from now on */
    synchronized Optional<String> enter(WatchedSocket socket) {
        InetAddress host = socket.getInetAddress();
        if (open.size() >= limits.associations()) {
            return Optional.of("all " + limits.associations() + " associations are taken");
        }
        if (open.values().stream().filter(host::equals).count() >= limits.associationsPerHost()) {
            return Optional.of("the " + limits.associationsPerHost() + " associations of one host are taken");
        }
        open.put(socket, host);
        return Optional.empty();
    }

    synchronized void leave(WatchedSocket socket) {
        open.remove(socket);
    }
}
