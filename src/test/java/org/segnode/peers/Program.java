package org.segnode.peers;

import java.time.Duration;

/** A running program of others, as process or container. */
public interface Program extends AutoCloseable {
    boolean isRunning();

    /**
     * Waits for its end.
     *
     * @return the exit code
     * @throws IllegalStateException if it still runs then
     */
    int await(Duration atMost) throws InterruptedException;

    /** What it has written to stdout and stderr so far. */
    String output();

    /** Ends it if it still runs. */
    @Override
    void close();
}
