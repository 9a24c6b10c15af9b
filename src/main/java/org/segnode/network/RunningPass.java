package org.segnode.network;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/**
 * PyTorch at work. A process that is told to end (Ctrl-C, SIGTERM) first finishes the passes that are running: its end takes
 * PyTorch's data away, and a pass that still reads them would crash the process.
 */
final class RunningPass implements AutoCloseable {
    /** More than the longest pass over one batch. */
    private static final long LONGEST_SECONDS = 120;

    private static final ReentrantReadWriteLock AT_WORK = new ReentrantReadWriteLock();

    static {
        Runtime.getRuntime().addShutdownHook(new Thread(RunningPass::finish, "finish passes"));
    }

    private final Lock mine = AT_WORK.readLock();

    private RunningPass() {
        mine.lock();
    }

    /** Never returns once the process is ending. */
    static RunningPass begin() {
        return new RunningPass();
    }

    private static void finish() {
        try {
            AT_WORK.writeLock().tryLock(LONGEST_SECONDS, TimeUnit.SECONDS); // kept: no pass begins any more
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        mine.unlock();
    }
}
