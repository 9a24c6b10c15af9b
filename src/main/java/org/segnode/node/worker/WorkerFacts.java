package org.segnode.node.worker;

import java.time.Instant;
import java.util.Optional;
import org.segnode.ledger.Job;

/**
 * What a worker is at.
 *
 * @param running whether its thread is there to take jobs
 * @param job it computes now
 * @param done steps finished of {@code total}; 0 of 0 before the first
 * @param computed jobs with a result since the start
 * @param failures attempts without a result since the start
 * @param lastError words of the last failure
 * @param lastErrorAt when that was
 */
public record WorkerFacts(
        boolean running,
        Optional<Job> job,
        int done,
        int total,
        long computed,
        long failures,
        Optional<String> lastError,
        Optional<Instant> lastErrorAt) {}
