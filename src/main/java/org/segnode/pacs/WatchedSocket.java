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
 * blocked reads and writes alike. It also refuses PDUs that announce an absurd length before anybody allocates a buffer
 * for them.
 */
final class WatchedSocket extends Socket {
    private static final Logger LOG = LoggerFactory.getLogger(WatchedSocket.class);

    /** Bytes that count as progress: less in the allowed time is a stall. */
    private static final int PROGRESS_BYTES = 4096;

    private final int longestPduBytes;
    private @Nullable Wait wait;
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
    synchronized void allow(String forWhat, Duration allowed) {
        wait = new Wait(forWhat, System.nanoTime(), allowed, false, 0);
    }

    /** From now on the peer has this long for every 4 KiB. */
    synchronized void allowWhileMoving(String forWhat, Duration allowed) {
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

    /** Counts what comes in, and looks at the header of each PDU: type, reserved, length in 4 bytes (PS3.8 9.3). */
    private final class Incoming extends FilterInputStream {
        private static final int HEADER_BYTES = 6;
        private static final byte[] ABORT = {7, 0, 0, 0, 0, 4, 0, 0, 2, 6};

        private final OutputStream answers;
        private int headerBytes;
        private long announced;
        private long bodyBytes;

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
                follow(bytes, offset, count);
            }
            return count;
        }

        private void follow(byte[] bytes, int offset, int count) throws IOException {
            int at = offset;
            while (at < offset + count) {
                if (bodyBytes > 0) {
                    int passed = (int) Math.min(bodyBytes, offset + count - at);
                    bodyBytes -= passed;
                    at += passed;
                } else {
                    header(bytes[at++] & 0xff);
                }
            }
        }

        private void header(int value) throws IOException {
            announced = headerBytes < 2 ? 0 : announced << 8 | value;
            if (++headerBytes < HEADER_BYTES) {
                return;
            }
            if (announced > longestPduBytes) {
                LOG.warn(
                        "connection with {} is aborted: it announces a PDU of {} bytes, at most {} are read",
                        getRemoteSocketAddress(),
                        announced,
                        longestPduBytes);
                answers.write(ABORT);
                throw new IOException("a PDU of " + announced + " bytes is announced");
            }
            headerBytes = 0;
            bodyBytes = announced;
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
