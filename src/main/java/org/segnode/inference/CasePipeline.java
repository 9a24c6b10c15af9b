package org.segnode.inference;

import java.io.IOException;
import java.util.Iterator;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.segnode.UnusableSeriesException;
import org.segnode.inference.Predictor.Computed;
import org.segnode.preprocess.PreparedCase;
import org.segnode.volume.LabelMap;
import org.segnode.volume.Volume;

/**
 * Segments cases as they come: while the network computes one, the next is read and prepared and the one before is restored
 * and written. At most three cases are in memory.
 */
public final class CasePipeline {
    private final Predictor predictor;

    public CasePipeline(Predictor predictor) {
        this.predictor = predictor;
    }

    /** A case to be segmented; it is read when its turn comes. */
    public interface Source {
        String name();

        /** Reads the image. */
        Volume volume() throws IOException, UnusableSeriesException;

        /** Labels of a cascade's first stage on the same grid; without them that stage is run. */
        default Optional<LabelMap> previousStage() throws IOException {
            return Optional.empty();
        }
    }

    /** Takes what comes out, from one thread at a time and in the order of the cases. */
    public interface Sink {
        /** The network is through with a case: {@link Predictor#labels} or {@link Predictor#probabilities} restores it. */
        void computed(String name, Computed computed) throws IOException;

        /** A case could not be read, used or written; the others go on. */
        void failed(String name, String reason);
    }

    /** @param progress of the cases' networks, steps beginning anew with each case */
    public void run(Iterator<? extends Source> cases, Sink sink, Progress progress) {
        ExecutorService reader = Executors.newSingleThreadExecutor();
        ExecutorService writer = Executors.newSingleThreadExecutor();
        try {
            CompletableFuture<Void> written = CompletableFuture.completedFuture(null);
            Reading next = begin(cases, reader);
            while (next != null) {
                Reading current = next;
                Optional<PreparedCase> prepared = await(current, sink);
                next = begin(cases, reader);
                if (prepared.isPresent()) {
                    Computed computed = predictor.compute(prepared.get(), progress);
                    written.join();
                    written = CompletableFuture.runAsync(() -> finish(current.name, computed, sink), writer);
                }
            }
            written.join();
        } finally {
            reader.shutdown();
            writer.shutdown();
        }
    }

    private record Reading(String name, CompletableFuture<PreparedCase> prepared) {}

    private @Nullable Reading begin(Iterator<? extends Source> cases, ExecutorService reader) {
        if (!cases.hasNext()) {
            return null;
        }
        Source source = cases.next();
        return new Reading(source.name(), CompletableFuture.supplyAsync(prepare(source), reader));
    }

    private Supplier<PreparedCase> prepare(Source source) {
        return () -> {
            try {
                return predictor.prepare(source.volume(), source.previousStage());
            } catch (IOException | UnusableSeriesException e) {
                throw new CompletionException(e);
            }
        };
    }

    private static Optional<PreparedCase> await(Reading reading, Sink sink) {
        try {
            return Optional.of(reading.prepared.join());
        } catch (CompletionException e) {
            if (e.getCause() instanceof IOException || e.getCause() instanceof UnusableSeriesException) {
                sink.failed(reading.name, String.valueOf(e.getCause().getMessage()));
                return Optional.empty();
            }
            throw e;
        }
    }

    private static void finish(String name, Computed computed, Sink sink) {
        try {
            sink.computed(name, computed);
        } catch (IOException e) {
            sink.failed(name, String.valueOf(e.getMessage()));
        }
    }
}
