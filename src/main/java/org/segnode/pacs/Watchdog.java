package org.segnode.pacs;

import java.io.IOException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Closes sockets whose peer keeps us waiting. Time is the monotonic clock of the machine. */
final class Watchdog implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Watchdog.class);
    private static final Duration ROUND = Duration.ofMillis(100);

    private final Set<WatchedSocket> sockets = ConcurrentHashMap.newKeySet();
    private final ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1, task -> {
        Thread thread = new Thread(task, "dicom-watchdog");
        thread.setDaemon(true);
        return thread;
    });

    @SuppressWarnings("FutureReturnValueIgnored") // a round ends only with the watchdog
    Watchdog() {
        timer.setRemoveOnCancelPolicy(true);
        timer.scheduleWithFixedDelay(this::round, ROUND.toMillis(), ROUND.toMillis(), TimeUnit.MILLISECONDS);
    }

    void watch(WatchedSocket socket) {
        sockets.add(socket);
    }

    void forget(WatchedSocket socket) {
        sockets.remove(socket);
    }

    /** For the toolkit's own short delays. */
    ScheduledThreadPoolExecutor timer() {
        return timer;
    }

    private void round() {
        long now = System.nanoTime();
        for (WatchedSocket socket : sockets) {
            socket.overdue(now).ifPresent(reason -> end(socket, reason));
        }
    }

    private void end(WatchedSocket socket, String reason) {
        sockets.remove(socket);
        LOG.warn("connection with {} is closed: {}", socket.getRemoteSocketAddress(), reason);
        try {
            socket.end(reason);
        } catch (IOException e) {
            LOG.debug("closing a socket failed: {}", e.getMessage());
        }
    }

    static void close(WatchedSocket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            LOG.debug("closing a socket failed: {}", e.getMessage());
        }
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
