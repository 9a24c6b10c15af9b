package org.segnode.node.worker;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.segnode.TemporaryException;
import org.segnode.UnusableSeriesException;
import org.segnode.ledger.AddressedResult;
import org.segnode.ledger.Completion;
import org.segnode.ledger.Job;
import org.segnode.ledger.JobQueue;
import org.segnode.plan.UnusableFileException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes jobs from the queue, one at a time, and says so to the queue while it computes. Whatever goes wrong with a job, the
 * worker goes on with the next.
 */
public final class Worker implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Worker.class);
    private static final int HEARTBEATS = 3; // per lease

    private final String owner = owner();
    private final JobQueue jobs;
    private final JobComputation computation;
    private final Runnable stopComputing;
    private final Duration poll;
    private final Clock clock;
    private final CountDownLatch stopping = new CountDownLatch(1);
    private final ScheduledExecutorService heart = Executors.newSingleThreadScheduledExecutor(Worker::daemon);
    private final AtomicLong computed = new AtomicLong();
    private final AtomicLong failures = new AtomicLong();
    private volatile @Nullable Thread thread;
    private volatile @Nullable Current current;
    private volatile @Nullable Failure lastFailure;

    private record Failure(String words, Instant at) {}

    /** The job at hand; its lease may be lost meanwhile. */
    private static final class Current {
        private final Job job;
        private volatile int done;
        private volatile int total;
        private volatile boolean lost;

        Current(Job job) {
            this.job = job;
        }
    }

    /**
     * @param stopComputing ends a computation from outside, which then fails with a TemporaryException; not an interrupt,
     *     which the database would not survive
     * @param poll pause between two looks at an empty queue
     * @param clock for time stamps
     */
    public Worker(JobQueue jobs, JobComputation computation, Runnable stopComputing, Duration poll, Clock clock) {
        this.jobs = jobs;
        this.computation = computation;
        this.stopComputing = stopComputing;
        this.poll = poll;
        this.clock = clock;
    }

    public synchronized void start() {
        if (thread != null) {
            throw new IllegalStateException("the worker is started once");
        }
        Thread started = new Thread(this::run, "worker");
        thread = started;
        started.start();
    }

    public WorkerFacts facts() {
        Current now = current;
        Failure failure = lastFailure;
        return new WorkerFacts(
                isRunning(),
                Optional.ofNullable(now).map(at -> at.job),
                now == null ? 0 : now.done,
                now == null ? 0 : now.total,
                computed.get(),
                failures.get(),
                Optional.ofNullable(failure).map(Failure::words),
                Optional.ofNullable(failure).map(Failure::at));
    }

    /** Ends the job at hand, which goes back to the queue without a counted attempt, and waits until that is written. */
    @Override
    public synchronized void close() {
        stopping.countDown();
        stopComputing.run();
        heart.shutdown();
        Thread started = thread;
        try {
            while (started != null && started.isAlive()) {
                started.join(poll.toMillis() + 1);
                stopComputing.run(); // it may have begun to compute just then
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean isRunning() {
        Thread started = thread;
        return started != null && started.isAlive();
    }

    private void run() {
        while (stopping.getCount() > 0) {
            try {
                jobs.returnExpired();
                Optional<Job> job = jobs.claim(owner);
                if (job.isPresent()) {
                    work(job.get());
                } else {
                    pause();
                }
            } catch (TemporaryException failure) {
                failed("the queue", failure.getMessage());
                pause();
            } catch (RuntimeException mistake) {
                LOG.error("the worker goes on after a mistake", mistake);
                failed("the worker", mistake.toString());
                pause();
            }
        }
    }

    private void work(Job job) {
        Current now = new Current(job);
        current = now;
        long beat = Math.max(1, jobs.lease().toMillis() / HEARTBEATS);
        ScheduledFuture<?> heartbeat = heart.scheduleAtFixedRate(() -> beat(now), beat, beat, TimeUnit.MILLISECONDS);
        try {
            LOG.info("{}: attempt {}", job, job.attempt());
            attempt(now);
        } finally {
            heartbeat.cancel(false);
            current = null;
        }
    }

    private void attempt(Current now) {
        Job job = now.job;
        long start = System.nanoTime();
        try {
            List<AddressedResult> results = computation.compute(job, (done, total) -> {
                now.done = done;
                now.total = total;
            });
            Completion completion = jobs.complete(job, results);
            computed.incrementAndGet();
            LOG.info(
                    "{}: {} after {} ms, {} object(s), first {}",
                    job,
                    completion,
                    millisSince(start),
                    results.size(),
                    results.get(0).result().file());
        } catch (UnusableSeriesException reason) {
            failed(job, reason.getMessage());
            jobs.refuse(job, words(reason));
        } catch (UnusableFileException reason) {
            failed(job, reason.getMessage());
            jobs.fail(job, words(reason));
        } catch (TemporaryException | IOException | OutOfMemoryError failure) {
            again(now, failure);
        } catch (RuntimeException mistake) {
            LOG.error("{}: a mistake of the program", job, mistake);
            failed(job, mistake.toString());
            jobs.fail(job, "a mistake of the program: " + mistake);
        }
    }

    private void again(Current now, Throwable failure) {
        if (stopping.getCount() == 0) {
            jobs.release(now.job);
            LOG.info("{}: given back, the worker stops", now.job);
        } else if (now.lost) {
            failed(now.job, "its lease was lost");
        } else {
            failed(now.job, failure.getMessage());
            jobs.retry(now.job, words(failure));
        }
    }

    private void beat(Current now) {
        try {
            if (!now.lost && !jobs.renew(now.job)) {
                now.lost = true;
                stopComputing.run();
            }
        } catch (TemporaryException failure) {
            LOG.warn("{}: the lease was not renewed: {}", now.job, failure.getMessage());
        }
    }

    private void failed(Object what, @Nullable String reason) {
        failures.incrementAndGet();
        lastFailure = new Failure(what + ": " + reason, clock.instant());
        LOG.warn("{}: {}", what, reason);
    }

    private static String words(Throwable reason) {
        String message = reason.getMessage();
        return message == null ? reason.getClass().getSimpleName() : message;
    }

    private void pause() {
        try {
            if (stopping.await(poll.toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.debug("the worker stops");
            }
        } catch (InterruptedException e) {
            stopping.countDown();
        }
    }

    private static long millisSince(long start) {
        return (System.nanoTime() - start) / 1_000_000;
    }

    private static Thread daemon(Runnable work) {
        Thread thread = new Thread(work, "worker-heart");
        thread.setDaemon(true);
        return thread;
    }

    /** Unlike every other worker's, on this machine and others. */
    private static String owner() {
        String host;
        try {
            host = InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            host = "localhost";
        }
        return host + "/" + ProcessHandle.current().pid() + "/" + UUID.randomUUID();
    }
}
