package org.segnode.node.worker;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.segnode.TemporaryException;
import org.segnode.UnusableSeriesException;
import org.segnode.inference.Progress;
import org.segnode.inference.Segmenter;
import org.segnode.inference.Segmenters;
import org.segnode.network.TorchEngine;
import org.segnode.node.worker.Wire.Answer;
import org.segnode.node.worker.Wire.Kind;
import org.segnode.node.worker.Wire.Opening;
import org.segnode.node.worker.Wire.Task;
import org.segnode.volume.GradedLabelMap;
import org.segnode.volume.Volume;

/**
 * The program of a model's own process: it loads one model, computes what comes over standard input, and ends when that
 * does, which is when the node has ended in whatever way. A crash of native code ends this process and not the node.
 */
public final class ModelProcess {
    private final PrintStream answers;

    /** Loads the model of the first line. */
    interface Loader {
        Segmenter load(Opening opening) throws IOException;
    }

    private ModelProcess(PrintStream answers) {
        this.answers = answers;
    }

    /** Takes no arguments: everything comes over standard input. */
    public static void main(String[] arguments) throws InterruptedException {
        serve(ModelProcess::load);
    }

    /** Answers over standard output, which is silent otherwise: whatever else is printed goes to standard error. */
    static void serve(Loader loader) throws InterruptedException {
        PrintStream answers = System.out;
        System.setOut(System.err);
        ProcessMemory.offerToBeKilledFirst();
        new ModelProcess(answers).run(lines(System.in), loader);
    }

    private static Segmenter load(Opening opening) throws IOException {
        if (opening.threads() > 0) {
            TorchEngine.useThreads(opening.threads());
        }
        return Segmenters.open(Path.of(opening.folder()), opening.options());
    }

    private void run(BlockingQueue<String> lines, Loader loader) throws InterruptedException {
        try (Segmenter segmenter = loader.load(Wire.read(lines.take(), Opening.class))) {
            answer(Answer.of(Kind.READY, ""));
            while (true) {
                answer(work(segmenter, Wire.read(lines.take(), Task.class)));
            }
        } catch (IOException | TemporaryException failure) {
            answer(Answer.of(Kind.TEMPORARY, "the model cannot be loaded: " + failure.getMessage()));
        } catch (RuntimeException mistake) {
            answer(broken(mistake));
        }
        Runtime.getRuntime().halt(1);
    }

    private Answer work(Segmenter segmenter, Task task) {
        try {
            int voxels = task.grid().shape().voxels();
            Volume volume =
                    new Volume(task.grid(), VoxelFile.readFloats(Path.of(task.input()), task.channels(), voxels));
            Progress progress = (done, total) -> answer(Answer.progress(done, total));
            if (task.levels().isEmpty()) {
                VoxelFile.writeLabels(
                        Path.of(task.output()),
                        segmenter.segment(volume, progress).labels());
                return Answer.done(List.of());
            }
            GradedLabelMap found = segmenter.graded(volume, progress);
            VoxelFile.writeLabels(Path.of(task.output()), found.labels().labels());
            VoxelFile.writeLevels(Path.of(task.levels()), found.levels().values());
            return Answer.done(found.levels().keySet());
        } catch (UnusableSeriesException reason) {
            return Answer.of(Kind.UNUSABLE, String.valueOf(reason.getMessage()));
        } catch (IOException | TemporaryException failure) {
            return Answer.of(Kind.TEMPORARY, String.valueOf(failure.getMessage()));
        } catch (RuntimeException mistake) {
            return broken(mistake);
        }
    }

    private static Answer broken(RuntimeException mistake) {
        mistake.printStackTrace();
        return Answer.of(Kind.BROKEN, mistake.toString());
    }

    private synchronized void answer(Answer answer) {
        answers.println(Wire.line(answer));
        answers.flush();
    }

    /** A thread of its own, so that the end of the node ends this process in the middle of a computation too. */
    private static BlockingQueue<String> lines(InputStream in) {
        BlockingQueue<String> lines = new LinkedBlockingQueue<>();
        Thread reader = new Thread(() -> {
            try (BufferedReader text = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
                for (String line = text.readLine(); line != null; line = text.readLine()) {
                    lines.add(line);
                }
            } catch (IOException e) {
                System.err.println("standard input failed: " + e.getMessage());
            }
            Runtime.getRuntime().halt(0);
        });
        reader.setDaemon(true);
        reader.start();
        return lines;
    }
}
