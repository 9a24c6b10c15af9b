package org.segnode.cli.terminal;

import java.io.PrintWriter;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;
import org.segnode.inference.Progress;

/**
 * Shows on stderr how far a command is: a bar on a terminal, otherwise a line at the start of a stage, every ten seconds
 * and at its end. The launcher says by {@code -Dsegnode.terminal=true} whether stderr is a terminal.
 */
public final class ProgressDisplay implements Progress, AutoCloseable {
    private static final Duration BETWEEN_LINES = Duration.ofSeconds(10);

    private final String task;
    private final PrintWriter err;
    private final Clock clock;
    private final @Nullable ProgressBar bar;
    private Instant lastLine;
    private int done;
    private int total;

    /** @param task what is done, in a few words */
    public ProgressDisplay(String task, PrintWriter err) {
        this(task, err, Clock.systemUTC(), Boolean.getBoolean("segnode.terminal"));
    }

    ProgressDisplay(String task, PrintWriter err, Clock clock, boolean terminal) {
        this.task = task;
        this.err = err;
        this.clock = clock;
        this.bar = terminal ? bar(task) : null;
        this.lastLine = clock.instant();
        if (!terminal) {
            line(task + " …");
        }
    }

    private static ProgressBar bar(String task) {
        return new ProgressBarBuilder()
                .setTaskName(task)
                .setInitialMax(-1)
                .setStyle(ProgressBarStyle.UNICODE_BLOCK)
                .setUpdateIntervalMillis(100)
                .build();
    }

    @Override
    public void step(int done, int total) {
        this.done = done;
        this.total = total;
        if (bar != null) {
            bar.maxHint(total);
            bar.stepTo(done);
        } else if (done < total && Duration.between(lastLine, clock.instant()).compareTo(BETWEEN_LINES) >= 0) {
            line(task + ": " + done + " of " + total);
        }
    }

    @Override
    public void close() {
        if (bar != null) {
            bar.close();
        } else if (total > 0) {
            line(task + ": " + done + " of " + total);
        }
    }

    private void line(String text) {
        lastLine = clock.instant();
        err.println(text);
        err.flush();
    }
}
