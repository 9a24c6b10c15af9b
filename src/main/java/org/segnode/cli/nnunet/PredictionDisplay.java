package org.segnode.cli.nnunet;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.segnode.cli.terminal.ProgressDisplay;
import org.segnode.inference.Explanation;
import org.segnode.inference.FolderPredictor;
import org.segnode.volume.LabelMap;

/** Shows on stderr how far the prediction of a folder is and which cases could not be used, and counts them. */
final class PredictionDisplay implements FolderPredictor.Listener, AutoCloseable {
    private final PrintWriter err;
    private final boolean withProgress;
    private final boolean verbose;
    private final boolean explaining;
    private final List<String> failed = new ArrayList<>();
    private int written;
    private @Nullable ProgressDisplay current;

    PredictionDisplay(PrintWriter err, boolean withProgress, boolean verbose, boolean explaining) {
        this.err = err;
        this.withProgress = withProgress;
        this.verbose = verbose;
        this.explaining = explaining;
    }

    @Override
    public synchronized void begins(String name) {
        close();
        if (withProgress) {
            current = new ProgressDisplay("predicting " + name, err);
        }
    }

    @Override
    public synchronized void step(int done, int total) {
        if (current != null) {
            current.step(done, total);
        }
    }

    @Override
    public synchronized void written(String name, LabelMap labels) {
        written++;
        if (verbose) {
            err.println(name + ": " + labels.shape() + " voxels, per label " + counts(labels.labels()));
            err.flush();
        }
    }

    @Override
    public boolean wantsExplanation() {
        return explaining;
    }

    @Override
    public synchronized void explained(String name, Explanation explanation) {
        err.println(name + ": " + explanation.verdict());
        explanation.steps().forEach(step -> err.println("  " + step));
        err.flush();
    }

    private static Map<Short, Integer> counts(short[] labels) {
        TreeMap<Short, Integer> counts = new TreeMap<>();
        for (short label : labels) {
            counts.merge(label, 1, Integer::sum);
        }
        return counts;
    }

    @Override
    public synchronized void failed(String name, String reason) {
        failed.add(name);
        err.println(name + ": " + reason);
        err.flush();
    }

    /** Number of cases with a new result. */
    synchronized int written() {
        return written;
    }

    /** Cases that could not be used. */
    synchronized List<String> failed() {
        return List.copyOf(failed);
    }

    @Override
    public synchronized void close() {
        if (current != null) {
            current.close();
            current = null;
        }
    }
}
