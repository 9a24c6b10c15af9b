package org.segnode.pacs;

import java.io.FilterInputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.time.Duration;
import java.util.Optional;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A socket that knows until when its peer has to move. {@link Watchdog} closes it when that time is over, which ends
 * blocked reads and writes alike. It also refuses PDUs and commands that announce absurd lengths before anybody allocates
 * a buffer for them. What passes may be encrypted: the limits are about what the peer says, not about its records.
 */
final class WatchedSocket extends Socket {
    private static final Logger LOG = LoggerFactory.getLogger(WatchedSocket.class);

    /** Bytes that count as progress: less in the allowed time is a stall. */
    private static final int PROGRESS_BYTES = 4096;

    private final int longestPduBytes;
    private final Optional<Tls> tls;
    private @Nullable Wait wait;
    private long room = Long.MAX_VALUE;
    private volatile boolean released;
    private @Nullable String endedFor;
    private volatile @Nullable SSLSocket encryption;
    private boolean bare;

    /**
     * @param longestPduBytes a PDU that announces more is answered with A-ABORT
     * @param tls how the connection will be encrypted, if it will
     */
    WatchedSocket(int longestPduBytes, Optional<Tls> tls) {
        this.longestPduBytes = longestPduBytes;
        this.tls = tls;
    }

    private record Wait(String forWhat, long sinceNanos, Duration allowed, boolean renewable, int moved) {
        boolean isOver(long nowNanos) {
            return nowNanos - sinceNanos > allowed.toNanos();
        }
    }

    /**
     * Shakes hands with a peer that has connected, if the connection is to be encrypted.
     *
     * @param allowed how long the peer may take
     */
    void encryptAccepted(Duration allowed) throws IOException {
        if (tls.isPresent()) {
            encrypt(allowed, () -> tls.get().overAccepted(this));
        }
    }

    /** The same with a peer that we have connected to. */
    void encryptConnected(Duration allowed, String host, int port) throws IOException {
        if (tls.isPresent()) {
            encrypt(allowed, () -> tls.get().overConnected(this, host, port));
        }
    }

    private interface Layering {
        SSLSocket layer() throws IOException;
    }

    private void encrypt(Duration allowed, Layering layering) throws IOException {
        allow("end of the TLS handshake", allowed);
        bare = true; // the layer takes the streams of the socket itself
        SSLSocket layer = layering.layer();
        bare = false;
        layer.startHandshake();
        encryption = layer;
    }

    /** From now on the peer has this long, however much it sends. */
    void allow(String forWhat, Duration allowed) {
        allow(forWhat, allowed, Long.MAX_VALUE);
    }

    /** From now on the peer has this long, and may send so many bytes. */
    synchronized void allow(String forWhat, Duration allowed, long mostBytes) {
        room = mostBytes;
        wait = new Wait(forWhat, System.nanoTime(), allowed, false, 0);
    }

    /** From now on the peer has this long for every 4 KiB. */
    synchronized void allowWhileMoving(String forWhat, Duration allowed) {
        room = Long.MAX_VALUE;
        wait = new Wait(forWhat, System.nanoTime(), allowed, true, 0);
    }

    /** The peer waits for us. */
    synchronized void allowForever() {
        wait = null;
    }

    /** What the peer was too slow for, if it was. */
    synchronized Optional<String> overdue(long nowNanos) {
        return wait != null && wait.isOver(nowNanos)
                ? Optional.of(
                        "no " + wait.forWhat() + " within " + wait.allowed().toMillis() + " ms")
                : Optional.empty();
    }

    /** Cuts the connection and keeps the reason. */
    void end(String reason) throws IOException {
        synchronized (this) {
            endedFor = reason;
        }
        cut();
    }

    /** Returns when either side has closed; what still comes in is passed over. */
    void awaitEnd() throws IOException {
        byte[] passed = new byte[PROGRESS_BYTES];
        InputStream wire = super.getInputStream();
        while (!isClosed() && wire.read(passed) >= 0) {
            // a rejected peer is given time to read why
        }
    }

    /** Closes without a word to the peer, so that it cannot keep us waiting. */
    void cut() throws IOException {
        super.close();
    }

    /** Says good-bye where the connection is encrypted, which waits for a peer that does not read. */
    @Override
    public void close() throws IOException {
        SSLSocket layer = encryption;
        try {
            if (layer != null && !isClosed()) {
                layer.shutdownOutput();
            }
        } catch (IOException e) {
            LOG.debug("{} did not hear the good-bye: {}", getRemoteSocketAddress(), e.getMessage());
        } finally {
            cut();
        }
    }

    /** Why {@link #end} was called, if it was. */
    synchronized Optional<String> endedFor() {
        return Optional.ofNullable(endedFor);
    }

    /** Whether the peer asked for the release of the association, or agreed to it. */
    boolean released() {
        return released;
    }

    private synchronized boolean exceeds(int bytes) {
        room -= bytes;
        return room < 0;
    }

    private synchronized void moved(int bytes) {
        Wait now = wait;
        if (now == null || !now.renewable()) {
            return;
        }
        int total = now.moved() + bytes;
        wait = total < PROGRESS_BYTES
                ? new Wait(now.forWhat(), now.sinceNanos(), now.allowed(), true, total)
                : new Wait(now.forWhat(), System.nanoTime(), now.allowed(), true, 0);
    }

    @Override
    public InputStream getInputStream() throws IOException {
        SSLSocket layer = encryption;
        if (bare) {
            return super.getInputStream();
        }
        return layer == null
                ? new Incoming(super.getInputStream(), super.getOutputStream())
                : new Incoming(layer.getInputStream(), layer.getOutputStream());
    }

    @Override
    public OutputStream getOutputStream() throws IOException {
        SSLSocket layer = encryption;
        if (bare) {
            return super.getOutputStream();
        }
        return new Outgoing(layer == null ? super.getOutputStream() : layer.getOutputStream());
    }

    /** Counts what comes in, and aborts what would cost too much memory. */
    private final class Incoming extends FilterInputStream {
        private static final byte[] ABORT = {7, 0, 0, 0, 0, 4, 0, 0, 2, 6};

        private final OutputStream answers;
        private final PduGuard guard = new PduGuard(longestPduBytes);

        Incoming(InputStream in, OutputStream answers) {
            super(in);
            this.answers = answers;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            int count = in.read(bytes, offset, length);
            if (count > 0) {
                moved(count);
                Optional<String> objection =
                        exceeds(count) ? Optional.of("more than it may send") : guard.follow(bytes, offset, count);
                released |= guard.released();
                if (objection.isPresent()) {
                    LOG.warn(
                            "connection with {} is aborted: it announces {}",
                            getRemoteSocketAddress(),
                            objection.get());
                    answers.write(ABORT);
                    throw new IOException("the peer announces " + objection.get());
                }
            }
            return count;
        }
    }

    private final class Outgoing extends FilterOutputStream {
        Outgoing(OutputStream out) {
            super(out);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            out.write(bytes, offset, length);
            moved(length);
        }
    }
}
