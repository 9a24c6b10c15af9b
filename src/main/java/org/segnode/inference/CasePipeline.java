package org.segnode.inference;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
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

        /** A volume that is at hand. */
        static Source of(String name, Volume volume) {
            return new Source() {
                @Override
                public String name() {
                    return name;
                }

                @Override
                public Volume volume() {
                    return volume;
                }
            };
        }
    }

    /** Takes what comes out, from one thread at a time and in the order of the cases. */
    public interface Sink {
        /** The networks begin with a case. */
        default void begins(String name) {}

        /** The network is through with a case: {@link Predictor#labels} or {@link Predictor#probabilities} restores it. */
        void computed(String name, Computed computed) throws IOException;

        /** A case could not be read, used or written; the others go on. */
        void failed(String name, String reason);
    }

    /**
     * @param cases asked for the next while one is computed, on another thread; asking may block until a case comes
     * @param progress of the cases' networks, steps beginning anew with each case
     */
    public void run(Iterator<? extends Source> cases, Sink sink, Progress progress) {
        ExecutorService reader = Executors.newSingleThreadExecutor(CasePipeline::thread);
        ExecutorService writer = Executors.newSingleThreadExecutor(CasePipeline::thread);
        try {
            CompletableFuture<Void> written = CompletableFuture.completedFuture(null);
            CompletableFuture<Optional<Read>> next = read(cases, reader);
            for (Optional<Read> read = await(next); read.isPresent(); read = await(next)) {
                Read current = read.get();
                next = read(cases, reader);
                if (current.prepared().isPresent()) {
                    sink.begins(current.name());
                    Computed computed = predictor.compute(current.prepared().get(), progress);
                    await(written);
                    written = CompletableFuture.runAsync(() -> finish(current.name(), computed, sink), writer);
                } else {
                    await(written);
                    sink.failed(current.name(), current.failure());
                }
            }
            await(written);
        } finally {
            reader.shutdownNow();
            writer.shutdown();
        }
    }

    /**
     * All volumes of a list.
     *
     * @return a label map for each, on its grid
     * @throws UnusableSeriesException naming the first volume that the model cannot use
     */
    public List<LabelMap> labels(List<Volume> volumes, Progress progress) throws UnusableSeriesException {
        List<LabelMap> labels = new ArrayList<>();
        List<String> failures = new ArrayList<>();
        List<Source> sources = new ArrayList<>();
        volumes.forEach(volume -> sources.add(Source.of("volume " + sources.size(), volume)));
        Sink sink = new Sink() {
            @Override
            public void computed(String name, Computed computed) {
                labels.add(predictor.labels(computed));
            }

            @Override
            public void failed(String name, String reason) {
                failures.add(name + ": " + reason);
            }
        };
        run(sources.iterator(), sink, progress);
        if (!failures.isEmpty()) {
            throw new UnusableSeriesException(failures.get(0));
        }
        return labels;
    }

    /** A case that is prepared, or the reason why it is not. */
    private record Read(String name, Optional<PreparedCase> prepared, String failure) {}

    private CompletableFuture<Optional<Read>> read(Iterator<? extends Source> cases, ExecutorService reader) {
        return CompletableFuture.supplyAsync(
                () -> cases.hasNext() ? Optional.of(read(cases.next())) : Optional.empty(), reader);
    }

    private Read read(Source source) {
        try {
            PreparedCase prepared = predictor.prepare(source.volume(), source.previousStage());
            return new Read(source.name(), Optional.of(prepared), "");
        } catch (IOException | UnusableSeriesException e) {
            return new Read(source.name(), Optional.empty(), reason(e));
        } catch (OutOfMemoryError e) {
            return new Read(source.name(), Optional.empty(), "needs more memory than there is");
        }
    }

    /** The value, or what the other thread threw. */
    private static <T> T await(CompletableFuture<T> future) {
        try {
            return future.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof RuntimeException mistake) {
                throw mistake;
            }
            if (e.getCause() instanceof Error error) {
                throw error;
            }
            throw e;
        }
    }

    private static void finish(String name, Computed computed, Sink sink) {
        try {
            sink.computed(name, computed);
        } catch (IOException e) {
            sink.failed(name, reason(e));
        }
    }

    private static String reason(Exception failure) {
        return failure instanceof NoSuchFileException missing
                ? "no such file: " + missing.getFile()
                : String.valueOf(failure.getMessage());
    }

    private static Thread thread(Runnable task) {
        Thread thread = new Thread(task, "case-files");
        thread.setDaemon(true);
        return thread;
    }
}
