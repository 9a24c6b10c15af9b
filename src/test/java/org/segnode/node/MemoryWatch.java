package org.segnode.node;

import java.io.IOException;

/** The most that a process held while this was open. */
final class MemoryWatch implements AutoCloseable {
    private static final long PAUSE_MS = 250;

    private final long pid;
    private final Thread thread = new Thread(this::run, "memory-watch");
    private volatile long mostResidentBytes;
    private volatile long mostThreads;
    private volatile boolean stopping;

    MemoryWatch(long pid) {
        this.pid = pid;
        thread.start();
    }

    private void run() {
        try {
            while (!stopping) {
                ProcessUse use = ProcessUse.of(pid);
                mostResidentBytes = Math.max(mostResidentBytes, use.residentBytes());
                mostThreads = Math.max(mostThreads, use.threads());
                Thread.sleep(PAUSE_MS);
            }
        } catch (IOException e) {
            stopping = true; // the process has gone, which its test will find
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    long mostResidentBytes() {
        return mostResidentBytes;
    }

    long mostThreads() {
        return mostThreads;
    }

    @Override
    public void close() throws InterruptedException {
        stopping = true;
        thread.join();
    }
}
