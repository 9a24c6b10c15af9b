package org.segnode.pacs;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A stream that is closed when its next bytes do not come in time, which ends a blocked read. */
final class StallGuard extends FilterInputStream {
    private static final Logger LOG = LoggerFactory.getLogger(StallGuard.class);

    private final Duration allowed;
    private final ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1, task -> {
        Thread thread = new Thread(task, "web-watchdog");
        thread.setDaemon(true);
        return thread;
    });
    private volatile long moved = System.nanoTime();
    private volatile boolean stalled;

    @SuppressWarnings("FutureReturnValueIgnored") // a round ends only with the timer
    StallGuard(InputStream in, Duration allowed) {
        super(in);
        this.allowed = allowed;
        long round = Math.max(1, allowed.toMillis() / 10);
        timer.scheduleWithFixedDelay(this::look, round, round, TimeUnit.MILLISECONDS);
    }

    private void look() {
        if (!stalled && System.nanoTime() - moved > allowed.toNanos()) {
            stalled = true;
            try {
                in.close();
            } catch (IOException e) {
                LOG.debug("closing a stream failed: {}", e.getMessage());
            }
        }
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        moved = System.nanoTime();
        try {
            int count = in.read(bytes, offset, length);
            if (stalled) {
                throw new IOException("closed");
            }
            moved = System.nanoTime();
            return count;
        } catch (IOException e) {
            throw stalled ? new IOException("nothing came for " + allowed.toMillis() + " ms", e) : e;
        }
    }

    @Override
    public void close() throws IOException {
        timer.shutdownNow();
        super.close();
    }
}
