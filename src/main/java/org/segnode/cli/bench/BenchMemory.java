package org.segnode.cli.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Watches the memory of processes, ten times a second and more. Pages that several processes share count once in the sum (PSS); the
 * largest process is what {@code time -v} reports (RSS). Linux only: elsewhere both stay 0.
 */
final class BenchMemory implements AutoCloseable {
    private static final long PAUSE_MS = 50;

    private final Supplier<Stream<ProcessHandle>> processes;
    private final Thread thread = new Thread(this::watch, "memory");
    private volatile long largestSumKib;
    private volatile long largestProcessKib;
    private volatile boolean closed;

    private BenchMemory(Supplier<Stream<ProcessHandle>> processes) {
        this.processes = processes;
        thread.setDaemon(true);
        thread.start();
    }

    /** This process alone. */
    static BenchMemory ofThisProcess() {
        return new BenchMemory(() -> Stream.of(ProcessHandle.current()));
    }

    /** A process with all that it starts. */
    static BenchMemory ofTree(ProcessHandle root) {
        return new BenchMemory(() -> Stream.concat(Stream.of(root), root.descendants()));
    }

    /** Largest sum over the processes until now, in MB (10⁶ bytes). */
    double largestSumMb() {
        return largestSumKib * 1024 / 1e6;
    }

    /** Largest single process until now, in MB. */
    double largestProcessMb() {
        return largestProcessKib * 1024 / 1e6;
    }

    private void watch() {
        while (!closed) {
            sample();
            try {
                Thread.sleep(PAUSE_MS);
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    private void sample() {
        long sum = 0;
        for (ProcessHandle process : processes.get().toList()) {
            Path file = Path.of("/proc", Long.toString(process.pid()), "smaps_rollup");
            try {
                List<String> lines = Files.readAllLines(file);
                sum += kib(lines, "Pss:");
                largestProcessKib = Math.max(largestProcessKib, kib(lines, "Rss:"));
            } catch (IOException e) {
                // it has ended since, or this is not Linux
            }
        }
        largestSumKib = Math.max(largestSumKib, sum);
    }

    /** {@code Pss:   1234 kB} */
    static long kib(List<String> lines, String key) {
        return lines.stream()
                .filter(line -> line.startsWith(key))
                .map(line -> line.replaceAll("\\D", ""))
                .filter(digits -> !digits.isEmpty())
                .mapToLong(Long::parseLong)
                .findFirst()
                .orElse(0);
    }

    @Override
    public void close() throws InterruptedException {
        closed = true;
        thread.interrupt();
        thread.join();
    }
}
