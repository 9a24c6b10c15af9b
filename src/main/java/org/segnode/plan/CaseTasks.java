package org.segnode.plan;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Runs one task per case, several at a time. */
public final class CaseTasks {
    private CaseTasks() {}

    /**
     * @param threads tasks at a time
     * @return the results in the order of the tasks
     * @throws IOException what the first failed task threw; the rest is abandoned
     */
    public static <T> List<T> run(int threads, List<Callable<T>> tasks) throws IOException, InterruptedException {
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try {
            List<Future<T>> started = tasks.stream().map(pool::submit).toList();
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
}
