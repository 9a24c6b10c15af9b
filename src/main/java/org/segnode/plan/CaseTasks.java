package org.segnode.plan;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.function.IntConsumer;

/**
 * Runs one task per case, several at a time: at most as many as asked for, and only as many as fit into memory together. A
 * task that is too large even alone runs alone.
 *
 * @param threads tasks at a time, 1 to 256
 * @param megabytes memory that the running tasks may need together, at least 1
 * @param done told how many tasks are done, by one thread at a time
 */
public record CaseTasks(int threads, int megabytes, IntConsumer done) {
    private static final int MOST_THREADS = 256;
    private static final double SHARE_OF_MEMORY = 0.75;

    public CaseTasks {
        if (threads < 1 || threads > MOST_THREADS) {
            throw new IllegalArgumentException("cases at a time (-np) must be from 1 to 256, is " + threads);
        }
        if (megabytes < 1) {
            throw new IllegalArgumentException("tasks need at least 1 MB of memory, are given " + megabytes);
        }
    }

    /** Tasks that share three quarters of what the virtual machine may take. */
    public static CaseTasks of(int threads) {
        long megabytes = (long) (SHARE_OF_MEMORY * Runtime.getRuntime().maxMemory()) >> 20;
        return new CaseTasks(threads, (int) Math.min(Integer.MAX_VALUE, Math.max(1, megabytes)), count -> {});
    }

    public CaseTasks telling(IntConsumer listener) {
        return new CaseTasks(threads, megabytes, listener);
    }

    /**
     * What is to be done with a case.
     *
     * @param bytes of memory that it needs, roughly
     */
    public record Task<T>(long bytes, Callable<T> work) {}

    /**
     * @return the results in the order of the tasks
     * @throws IOException what the first failed task threw; the rest is abandoned
     */
    public <T> List<T> run(List<Task<T>> tasks) throws IOException, InterruptedException {
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        Semaphore memory = new Semaphore(megabytes, true);
        Counter counter = new Counter();
        try {
            List<Future<T>> started = new ArrayList<>();
            tasks.forEach(task -> started.add(pool.submit(() -> bounded(task, memory, counter))));
            List<T> results = new ArrayList<>();
            for (Future<T> each : started) {
                results.add(each.get());
            }
            return results;
        } catch (ExecutionException failed) {
            Throwable cause = failed.getCause();
            if (cause instanceof IOException expected) {
                throw expected;
            }
            if (cause instanceof RuntimeException mistake) {
                throw mistake;
            }
            throw new IllegalStateException(failed);
        } finally {
            pool.shutdownNow();
        }
    }

    private <T> T bounded(Task<T> task, Semaphore memory, Counter counter) throws Exception {
        int share = (int) Math.min(megabytes, Math.max(1, task.bytes() >> 20));
        memory.acquire(share);
        try {
            T result = task.work().call();
            counter.oneMore();
            return result;
        } finally {
            memory.release(share);
        }
    }

    private final class Counter {
        private int count;

        synchronized void oneMore() {
            count++;
            done.accept(count);
        }
    }
}
