package org.segnode.pacs;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Accepts connections and gives each its own thread, within the limits. It stands before the toolkit's listener, which
 * would read (and allocate) for anybody.
 */
final class AssociationServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(AssociationServer.class);
    private static final int BACKLOG = 128;
    private static final int LOGGED_REFUSALS = 100;
    private static final Duration PAUSE_AFTER_FAILURE = Duration.ofMillis(100);

    private final ConnectionLimits limits;
    private final Callers callers;
    private final List<ServerSocket> listeners = new ArrayList<>();
    private final Consumer<WatchedSocket> service;
    private final Map<InetAddress, List<WatchedSocket>> open = new HashMap<>();
    private final AtomicLong refusals = new AtomicLong();
    private final AtomicInteger threads = new AtomicInteger();
    private final ExecutorService workers = Executors.newCachedThreadPool(this::thread);

    /** Listens, but accepts nobody before {@link #start}. */
    AssociationServer(ScpConfiguration configuration, Consumer<WatchedSocket> service) throws IOException {
        this.limits = configuration.limits();
        this.callers = configuration.callers();
        this.service = service;
        try {
            for (Listening place : configuration.listening()) {
                listen(place);
            }
        } catch (IOException e) {
            stopAccepting();
            throw e;
        }
    }

    private void listen(Listening place) throws IOException {
        ServerSocket listener = new WatchedServerSocket(place.tls());
        listeners.add(listener);
        listener.setReuseAddress(true);
        try {
            listener.bind(new InetSocketAddress(place.bindAddress(), place.port()), BACKLOG);
        } catch (IOException e) {
            throw new IOException(place + ": " + e.getMessage(), e);
        }
    }

    void start() {
        listeners.forEach(listener -> workers.execute(() -> accept(listener)));
    }

    /** In the order of the configuration. */
    List<Integer> ports() {
        return listeners.stream().map(ServerSocket::getLocalPort).toList();
    }

    /** Sockets of peers that are connected now. */
    synchronized List<WatchedSocket> connections() {
        return open.values().stream().flatMap(List::stream).toList();
    }

    private void accept(ServerSocket listener) {
        while (!listener.isClosed()) {
            try {
                admit((WatchedSocket) listener.accept());
            } catch (IOException e) {
                if (!listener.isClosed()) {
                    LOG.error("no connection can be accepted: {}", e.getMessage());
                    pause();
                }
            }
        }
    }

    private void admit(WatchedSocket socket) {
        InetAddress host = socket.getInetAddress();
        String reason = enter(host, socket);
        if (!reason.isEmpty()) {
            Watchdog.cut(socket);
            logRefusal(host, reason);
            return;
        }
        try {
            workers.execute(() -> serve(host, socket));
        } catch (RuntimeException | OutOfMemoryError e) {
            leave(host, socket);
            LOG.error("a connection cannot be served: {}", e.getMessage());
        }
    }

    /** @return why the peer may not enter, or "" */
    private synchronized String enter(InetAddress host, WatchedSocket socket) {
        if (!callers.admit(host)) {
            return "the host is not allowed";
        }
        int total = open.values().stream().mapToInt(List::size).sum();
        if (total >= limits.total()) {
            return "all " + limits.total() + " connections are taken";
        }
        List<WatchedSocket> ofHost = open.computeIfAbsent(host, key -> new ArrayList<>());
        if (ofHost.size() >= limits.perHost()) {
            return "the " + limits.perHost() + " connections of one host are taken";
        }
        ofHost.add(socket);
        return "";
    }

    private void serve(InetAddress host, WatchedSocket socket) {
        try {
            service.accept(socket);
        } catch (RuntimeException e) {
            LOG.error("serving {} failed", host, e);
        } finally {
            leave(host, socket);
        }
    }

    private synchronized void leave(InetAddress host, WatchedSocket socket) {
        open.computeIfPresent(host, (key, ofHost) -> {
            ofHost.remove(socket);
            return ofHost.isEmpty() ? null : ofHost;
        });
        notifyAll();
    }

    private void logRefusal(InetAddress host, String reason) {
        long count = refusals.getAndIncrement();
        if (count % LOGGED_REFUSALS == 0) {
            LOG.warn("connection from {} is refused: {} ({} refused before)", host.getHostAddress(), reason, count);
        }
    }

    private static void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(PAUSE_AFTER_FAILURE.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Thread thread(Runnable task) {
        return new Thread(task, "dicom-" + threads.incrementAndGet());
    }

    /** Accepts nobody any more. */
    void stopAccepting() {
        for (ServerSocket listener : listeners) {
            try {
                listener.close();
            } catch (IOException e) {
                LOG.warn("the listener cannot be closed: {}", e.getMessage());
            }
        }
    }

    /** @return whether all peers are gone before the time is over */
    synchronized boolean awaitNobody(Duration atMost) throws InterruptedException {
        long end = System.nanoTime() + atMost.toNanos();
        while (!open.isEmpty()) {
            long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
            if (left <= 0) {
                return false;
            }
            wait(left);
        }
        return true;
    }

    @Override
    public void close() {
        stopAccepting();
        connections().forEach(Watchdog::cut);
        workers.shutdown();
    }

    private static final class WatchedServerSocket extends ServerSocket {
        private final Optional<Tls> tls;

        WatchedServerSocket(Optional<Tls> tls) throws IOException {
            this.tls = tls;
        }

        @Override
        public Socket accept() throws IOException {
            WatchedSocket socket = new WatchedSocket(ConnectionLimits.LONGEST_PDU_BYTES, tls);
            implAccept(socket);
            return socket;
        }
    }
}
