package org.segnode.node.worker;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.segnode.TemporaryException;
import org.segnode.node.worker.Wire.Answer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A running model process: lines to it, answers from it, and in what way it died. */
final class ChildProcess implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ChildProcess.class);
    private static final long LOOK_MILLIS = 200;
    private static final int OUT_OF_HEAP = 3; // exit code of -XX:+ExitOnOutOfMemoryError
    private static final int SIGNALS = 128;

    /**
     * A moment after which no answer is awaited.
     *
     * @param time there was from the beginning
     * @param end in {@link System#nanoTime()}
     */
    record Deadline(Duration time, long end) {
        static Deadline in(Duration time) {
            return new Deadline(time, System.nanoTime() + time.toNanos());
        }

        boolean isOver() {
            return System.nanoTime() - end > 0;
        }
    }

    private final String name;
    private final Process process;
    private final long mostResident;
    private final BlockingQueue<Answer> answers = new LinkedBlockingQueue<>();
    private final Thread reader;
    private volatile String lastWords = "";

    private ChildProcess(String name, Process process, long mostResident) {
        this.name = name;
        this.process = process;
        this.mostResident = mostResident;
        this.reader = follow(process.getInputStream(), this::heard);
        follow(process.getErrorStream(), this::logged);
    }

    /**
     * @param name of the model, for messages
     * @param mostResident bytes of memory above which the process is ended
     */
    static ChildProcess start(String name, ProcessBuilder command, long mostResident) {
        try {
            return new ChildProcess(name, command.start(), mostResident);
        } catch (IOException failure) {
            throw new TemporaryException(
                    "the process of model " + name + " cannot be started: " + failure.getMessage());
        }
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** Bytes it holds in memory; 0 where the system does not say. */
    long resident() {
        return ProcessMemory.resident(process.pid());
    }

    /** @throws TemporaryException if it has died */
    void send(Object message) {
        try {
            OutputStream out = process.getOutputStream();
            out.write((Wire.line(message) + "\n").getBytes(StandardCharsets.UTF_8));
            out.flush();
        } catch (IOException closed) {
            throw dead();
        }
    }

    /**
     * Waits for an answer; one that does not come, or a process that takes too much memory, is the end of the process.
     *
     * @throws TemporaryException if it died, was silent for too long, took too much memory, or this thread is interrupted
     */
    Answer receive(Deadline deadline) {
        try {
            while (true) {
                Answer answer = answers.poll(LOOK_MILLIS, TimeUnit.MILLISECONDS);
                if (answer != null) {
                    return answer;
                }
                if (!process.isAlive()) {
                    return lastAnswer();
                }
                requireWithin(deadline);
            }
        } catch (InterruptedException stop) {
            close();
            Thread.currentThread().interrupt();
            throw new TemporaryException("the process of model " + name + " was stopped");
        }
    }

    private Answer lastAnswer() throws InterruptedException {
        reader.join(Duration.ofSeconds(5).toMillis());
        Answer answer = answers.poll();
        if (answer == null) {
            throw dead();
        }
        return answer;
    }

    private void requireWithin(Deadline deadline) {
        if (deadline.isOver()) {
            close();
            throw new TemporaryException("the process of model " + name + " gave no answer within "
                    + deadline.time().toSeconds() + " s and was ended");
        }
        long resident = resident();
        if (resident > mostResident) {
            close();
            throw new TemporaryException("the process of model " + name + " took " + (resident >> 20)
                    + " MiB of memory, more than its " + (mostResident >> 20) + " MiB, and was ended");
        }
    }

    private TemporaryException dead() {
        try {
            if (!process.waitFor(5, TimeUnit.SECONDS)) {
                close();
                return new TemporaryException("the process of model " + name + " takes no more work and was ended");
            }
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            close();
        }
        String words = lastWords.isEmpty() ? "" : "; its last words: " + lastWords;
        return new TemporaryException("the process of model " + name + " " + wayOfDeath(process.exitValue()) + words);
    }

    private static String wayOfDeath(int exit) {
        if (exit == OUT_OF_HEAP) {
            return "ran out of Java heap (exit code 3)";
        }
        return switch (exit - SIGNALS) {
            case 4 -> "was ended by signal 4 (SIGILL)";
            case 6 -> "was ended by signal 6 (SIGABRT): native code gave up";
            case 7 -> "was ended by signal 7 (SIGBUS)";
            case 8 -> "was ended by signal 8 (SIGFPE)";
            case 9 -> "was ended by signal 9 (SIGKILL): perhaps the machine was out of memory";
            case 11 -> "was ended by signal 11 (SIGSEGV)";
            case 15 -> "was ended by signal 15 (SIGTERM)";
            default -> "ended with exit code " + exit;
        };
    }

    /** Ends it at once. */
    @Override
    public void close() {
        process.destroyForcibly();
    }

    /** Ends it and waits until it is gone, so that its memory and files are free. */
    void closeAndWait() {
        close();
        try {
            process.waitFor(10, TimeUnit.SECONDS);
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }

    private void heard(String line) {
        try {
            answers.add(Wire.read(line, Answer.class));
        } catch (IllegalArgumentException noise) {
            logged(line); // native code that prints past System.out
        }
    }

    private void logged(String line) {
        if (!line.isBlank()) {
            lastWords = line.strip();
            LOG.debug("model {}: {}", name, line);
        }
    }

    private static Thread follow(InputStream stream, Consumer<String> line) {
        Thread thread = new Thread(() -> {
            try (BufferedReader text = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
                for (@Nullable String next = text.readLine(); next != null; next = text.readLine()) {
                    line.accept(next);
                }
            } catch (IOException closed) {
                LOG.debug("the stream of a model's process was closed: {}", closed.getMessage());
            }
        });
        thread.setDaemon(true);
        thread.start();
        return thread;
    }
}
