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
    private final ScheduledThreadPoolExecutor rounds = timer("dicom-watchdog");
    private final ScheduledThreadPoolExecutor delays = timer("dicom-delay");

    @SuppressWarnings("FutureReturnValueIgnored") // a round ends only with the watchdog
    Watchdog() {
        rounds.scheduleWithFixedDelay(this::round, ROUND.toMillis(), ROUND.toMillis(), TimeUnit.MILLISECONDS);
    }

    private static ScheduledThreadPoolExecutor timer(String name) {
        ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1, task -> {
            Thread thread = new Thread(task, name);
            thread.setDaemon(true);
            return thread;
        });
        timer.setRemoveOnCancelPolicy(true);
        return timer;
    }

    void watch(WatchedSocket socket) {
        sockets.add(socket);
    }

    void forget(WatchedSocket socket) {
        sockets.remove(socket);
    }

    /** For the toolkit's own short delays, after which it closes sockets, and may wait for a peer while it does. */
    ScheduledThreadPoolExecutor delays() {
        return delays;
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

    static void cut(WatchedSocket socket) {
        try {
            socket.cut();
        } catch (IOException e) {
            LOG.debug("closing a socket failed: {}", e.getMessage());
        }
    }

    @Override
    public void close() {
        rounds.shutdownNow();
        delays.shutdownNow();
    }
}
