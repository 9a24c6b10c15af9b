package org.segnode.node;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.segnode.pacs.RemoteAe;
import org.segnode.pacs.StorageScu;

/** Asks a node again and again whether it is there, and how long each answer takes. */
final class EchoWatch implements AutoCloseable {
    private static final long PAUSE_MS = 200;

    private final RemoteAe node;
    private final List<Duration> answers = new ArrayList<>();
    private final List<String> failures = new ArrayList<>();
    private final Thread thread = new Thread(this::run, "echo-watch");
    private volatile boolean stopping;

    EchoWatch(RemoteAe node) {
        this.node = node;
        thread.start();
    }

    private void run() {
        while (!stopping) {
            long start = System.nanoTime();
            try {
                new StorageScu("OTHER").echo(node);
                add(Duration.ofNanos(System.nanoTime() - start));
                Thread.sleep(PAUSE_MS);
            } catch (Exception e) {
                fail(e.toString());
            }
        }
    }

    private synchronized void add(Duration answer) {
        answers.add(answer);
    }

    private synchronized void fail(String failure) {
        failures.add(failure);
    }

    synchronized List<String> failures() {
        return List.copyOf(failures);
    }

    synchronized Duration longest() {
        return answers.isEmpty() ? Duration.ZERO : Collections.max(answers);
    }

    synchronized int count() {
        return answers.size();
    }

    @Override
    public void close() throws InterruptedException {
        stopping = true;
        thread.join();
    }
}
