package org.segnode.pacs;

import java.util.HashSet;
import java.util.Set;

/** Which connections are in the middle of a C-STORE, so that stopping can wait for these and only for these. */
final class RunningStores {
    private final Set<WatchedSocket> storing = new HashSet<>();
    private boolean stopping;

    /** @return false if the SCP is stopping: the store must not begin */
    synchronized boolean begin(WatchedSocket socket) {
        return !stopping && storing.add(socket);
    }

    /** To be called after the response was written. */
    synchronized void forget(WatchedSocket socket) {
        storing.remove(socket);
    }

    synchronized boolean isStoring(WatchedSocket socket) {
        return storing.contains(socket);
    }

    synchronized void stop() {
        stopping = true;
    }

    synchronized boolean isStopping() {
        return stopping;
    }
}
