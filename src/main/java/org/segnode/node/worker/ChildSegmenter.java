package org.segnode.node.worker;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.segnode.TemporaryException;
import org.segnode.UnusableSeriesException;
import org.segnode.inference.Progress;
import org.segnode.inference.Segmenter;
import org.segnode.node.worker.ChildProcess.Deadline;
import org.segnode.node.worker.Wire.Answer;
import org.segnode.node.worker.Wire.Opening;
import org.segnode.node.worker.Wire.Task;
import org.segnode.volume.GradedLabelMap;
import org.segnode.volume.LabelMap;
import org.segnode.volume.Volume;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A model in a Java process of its own. The process is started for the first volume and kept; if it dies, this volume fails
 * with a {@link TemporaryException} that says how, and the next volume starts a new one.
 */
public final class ChildSegmenter implements Segmenter {
    private static final Logger LOG = LoggerFactory.getLogger(ChildSegmenter.class);
    private static final List<String> HANDED_ON = List.of("ai.djl.", "segnode.", "OPT_OUT_TRACKING", "java.io.tmpdir");

    private final String name;
    private final Opening opening;
    private final ChildLimits limits;
    private final Path work;
    private final String mainClass;
    private volatile @Nullable ChildProcess process;

    /**
     * @param name of the model, for messages
     * @param opening what the process loads
     * @param work folder for the voxels on their way, used by no other; made if need be
     */
    ChildSegmenter(String name, Opening opening, ChildLimits limits, Path work) {
        this(name, opening, limits, work, ModelProcess.class.getName());
    }

    /** @param mainClass another program that speaks the same way */
    ChildSegmenter(String name, Opening opening, ChildLimits limits, Path work, String mainClass) {
        this.name = name;
        this.opening = opening;
        this.limits = limits;
        this.work = work.toAbsolutePath();
        this.mainClass = mainClass;
    }

    /** Array axes as stored: orientation is for whoever calls. */
    @Override
    public LabelMap segment(Volume volume, Progress progress) throws UnusableSeriesException {
        return compute(volume, false, progress).labels();
    }

    @Override
    public GradedLabelMap graded(Volume volume, Progress progress) throws UnusableSeriesException {
        return compute(volume, true, progress);
    }

    private GradedLabelMap compute(Volume volume, boolean graded, Progress progress) throws UnusableSeriesException {
        Path input = work.resolve("volume.raw");
        Path output = work.resolve("labels.raw");
        Path levels = work.resolve("levels.raw");
        try {
            Files.createDirectories(work);
            VoxelFile.writeFloats(input, volume.channels());
            Files.deleteIfExists(output);
            Files.deleteIfExists(levels);
            ChildProcess running = running();
            Task task = Task.of(
                    input.toString(), output.toString(), volume.channels().size(), volume.grid());
            running.send(graded ? task.graded(levels.toString()) : task);
            Answer done = waitForResult(running, progress);
            int voxels = volume.shape().voxels();
            return new GradedLabelMap(
                    new LabelMap(volume.grid(), VoxelFile.readLabels(output, voxels)),
                    VoxelFile.readLevels(levels, done.labels(), voxels));
        } catch (IOException failure) {
            throw new TemporaryException("voxels on their way to model " + name + ": " + failure.getMessage(), failure);
        } finally {
            delete(input);
            delete(output);
            delete(levels);
        }
    }

    String name() {
        return name;
    }

    /** Whether its process runs, so that the model is loaded. */
    boolean isResident() {
        ChildProcess current = process;
        return current != null && current.isAlive();
    }

    /** Bytes its process holds in memory. */
    long resident() {
        ChildProcess current = process;
        return current == null || !current.isAlive() ? 0 : current.resident();
    }

    @Override
    public void close() {
        ChildProcess current = process;
        if (current != null) {
            current.closeAndWait();
            process = null;
        }
        delete(work);
    }

    private ChildProcess running() {
        ChildProcess current = process;
        if (current != null && current.isAlive()) {
            return current;
        }
        long start = System.nanoTime();
        ChildProcess started = ChildProcess.start(name, command(), limits.resident());
        process = started;
        started.send(opening);
        Answer answer = started.receive(Deadline.in(limits.startTimeout()));
        if (answer.kind() != Wire.Kind.READY) {
            started.close();
            throw new TemporaryException("model " + name + ": " + answer.text());
        }
        LOG.info("model {}: loaded in {} ms", name, (System.nanoTime() - start) / 1_000_000);
        return started;
    }

    private Answer waitForResult(ChildProcess running, Progress progress) throws UnusableSeriesException {
        Deadline deadline = Deadline.in(limits.jobTimeout());
        while (true) {
            Answer answer = running.receive(deadline);
            switch (answer.kind()) {
                case PROGRESS -> progress.step(answer.done(), answer.total());
                case DONE -> {
                    return answer;
                }
                case UNUSABLE -> throw new UnusableSeriesException(answer.text());
                case TEMPORARY -> throw new TemporaryException("model " + name + ": " + answer.text());
                case BROKEN, READY -> throw new IllegalStateException("model " + name + ": " + answer.text());
            }
        }
    }

    private ProcessBuilder command() {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("-Xmx" + limits.heap());
        command.add("-XX:+ExitOnOutOfMemoryError");
        command.add("-XX:-UsePerfData");
        command.add("-XX:ErrorFile=" + work.resolveSibling("hs_err_%p.log"));
        command.add("-Djava.awt.headless=true");
        if (Runtime.version().feature() >= 24) {
            command.add("--enable-native-access=ALL-UNNAMED");
        }
        System.getProperties().stringPropertyNames().stream()
                .filter(property -> HANDED_ON.stream().anyMatch(property::startsWith))
                .sorted()
                .forEach(property -> command.add("-D" + property + "=" + System.getProperty(property)));
        command.add("-cp");
        command.add(System.getProperty("java.class.path"));
        command.add(mainClass);
        ProcessBuilder builder = new ProcessBuilder(command).directory(work.toFile());
        Map<String, String> environment = builder.environment();
        environment.put("MALLOC_ARENA_MAX", "2"); // glibc keeps freed native memory per arena
        if (limits.threads() > 0) {
            environment.put("OMP_NUM_THREADS", Integer.toString(limits.threads()));
        }
        return builder;
    }

    static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            LOG.warn("{} cannot be removed: {}", file, e.getMessage());
        }
    }
}
