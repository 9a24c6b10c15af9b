package org.segnode.pacs;

import java.io.FilterInputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A socket that knows until when its peer has to move. {@link Watchdog} closes it when that time is over, which ends
 * blocked reads and writes alike. It also refuses PDUs and commands that announce absurd lengths before anybody allocates
 * a buffer for them.
 */
final class WatchedSocket extends Socket {
    private static final Logger LOG = LoggerFactory.getLogger(WatchedSocket.class);

    /** Bytes that count as progress: less in the allowed time is a stall. */
    private static final int PROGRESS_BYTES = 4096;

    private final int longestPduBytes;
    private @Nullable Wait wait;
    private long room = Long.MAX_VALUE;
    private @Nullable String endedFor;

    /** @param longestPduBytes a PDU that announces more is answered with A-ABORT */
    WatchedSocket(int longestPduBytes) {
        this.longestPduBytes = longestPduBytes;
    }

    private record Wait(String forWhat, long sinceNanos, Duration allowed, boolean renewable, int moved) {
        boolean isOver(long nowNanos) {
            return nowNanos - sinceNanos > allowed.toNanos();
        }
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

    /** Closes it and keeps the reason. */
    void end(String reason) throws IOException {
        synchronized (this) {
            endedFor = reason;
        }
        close();
    }

    /** Why {@link #end} was called, if it was. */
    synchronized Optional<String> endedFor() {
        return Optional.ofNullable(endedFor);
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
        return new Incoming(super.getInputStream(), super.getOutputStream());
    }

    @Override
    public OutputStream getOutputStream() throws IOException {
        return new Outgoing(super.getOutputStream());
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
