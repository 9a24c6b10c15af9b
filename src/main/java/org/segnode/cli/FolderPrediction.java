package org.segnode.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.segnode.UnusableSeriesException;
import org.segnode.inference.Predictor;
import org.segnode.inference.Progress;
import org.segnode.preprocess.PreparedCase;
import org.segnode.volume.LabelMap;
import org.segnode.volume.io.ReaderWriter;
import org.segnode.volume.io.StoredImage;

/**
 * Predicts a folder of cases into another, as nnU-Net does: while one case is computed, the next is read and prepared and the
 * one before is restored and written.
 */
final class FolderPrediction {
    private final Predictor predictor;
    private final ReaderWriter reader;
    private final String ending;
    private final Path output;
    private final Optional<Path> previousStage;

    private record Prepared(SegmentInput.Case files, StoredImage image, PreparedCase data) {}

    /**
     * @param output folder, is made
     * @param previousStage folder of a cascade's first stage predictions; without it that model is run where it is at hand
     */
    FolderPrediction(Predictor predictor, Path output, Optional<Path> previousStage) {
        this.predictor = predictor;
        String name = predictor.model().plans().imageReaderWriter();
        this.reader = ReaderWriter.ofClassName(name)
                .orElseThrow(() -> new CommandFailure("plans.json names the reader " + name + ", which is not known"));
        this.ending = predictor.dataset().fileEnding();
        this.output = output;
        this.previousStage = previousStage;
    }

    /** Where the labels of a case go. */
    Path file(SegmentInput.Case each) {
        return output.resolve(each.name() + ending);
    }

    /** @param progress in cases */
    void predict(List<SegmentInput.Case> cases, Progress progress)
            throws IOException, UnusableSeriesException, InterruptedException {
        Files.createDirectories(output);
        for (String name : List.of("dataset.json", "plans.json")) {
            Path source = predictor.model().folder().resolve(name);
            Files.copy(source, output.resolve(name), StandardCopyOption.REPLACE_EXISTING);
        }
        ExecutorService before = Executors.newSingleThreadExecutor();
        ExecutorService after = Executors.newSingleThreadExecutor();
        try {
            predict(cases, progress, before, after);
        } finally {
            before.shutdownNow();
            after.shutdownNow();
        }
    }

    private void predict(
            List<SegmentInput.Case> cases, Progress progress, ExecutorService before, ExecutorService after)
            throws IOException, UnusableSeriesException, InterruptedException {
        List<Future<?>> written = new ArrayList<>();
        Future<Prepared> next = before.submit(() -> prepare(cases.get(0)));
        for (int i = 0; i < cases.size(); i++) {
            Prepared now = result(next);
            if (i + 1 < cases.size()) {
                SegmentInput.Case following = cases.get(i + 1);
                next = before.submit(() -> prepare(following));
            }
            Predictor.Computed computed = predictor.compute(now.data(), Progress.NONE);
            if (i > 0) {
                result(written.get(i - 1)); // no more than one case waits with its logits
            }
            written.add(after.submit(() -> write(now, computed)));
            progress.step(i + 1, cases.size());
        }
        result(written.get(written.size() - 1));
    }

    private Prepared prepare(SegmentInput.Case each) throws IOException, UnusableSeriesException {
        StoredImage image = reader.read(each.files());
        Optional<LabelMap> earlier = Optional.empty();
        if (previousStage.isPresent()) {
            earlier = Optional.of(reader.readLabels(previousStage.get().resolve(each.name() + ending)));
        }
        return new Prepared(each, image, predictor.prepare(image.volume(), earlier));
    }

    private void write(Prepared prepared, Predictor.Computed computed) {
        try {
            reader.write(predictor.labels(computed), prepared.image(), file(prepared.files()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static <T> T result(Future<T> future) throws IOException, UnusableSeriesException, InterruptedException {
        try {
            return future.get();
        } catch (ExecutionException e) {
            Throwable cause = e.getCause();
            if (cause instanceof IOException failure) {
                throw failure;
            }
            if (cause instanceof UnusableSeriesException failure) {
                throw failure;
            }
            throw cause instanceof RuntimeException failure ? failure : new IllegalStateException(cause);
        }
    }
}
