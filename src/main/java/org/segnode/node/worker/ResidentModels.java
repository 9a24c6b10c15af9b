package org.segnode.node.worker;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;
import org.segnode.UnusableSeriesException;
import org.segnode.inference.PredictionOptions;
import org.segnode.inference.Progress;
import org.segnode.inference.Segmenter;
import org.segnode.model.ModelPackage;
import org.segnode.node.worker.Wire.Opening;
import org.segnode.volume.GradedLabelMap;
import org.segnode.volume.LabelMap;
import org.segnode.volume.Volume;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The models that are kept loaded, each in a process of its own. When there are too many, or they take too much memory
 * together, the one not used for longest is closed. One volume is computed at a time.
 */
public final class ResidentModels implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ResidentModels.class);

    private final int most;
    private final ChildLimits limits;
    private final Path work;
    private final ReentrantLock computing = new ReentrantLock(true);
    private final Map<String, ChildSegmenter> children = new LinkedHashMap<>(16, 0.75f, true); // in order of use
    private int started;

    /**
     * @param most models kept loaded, at least 1
     * @param limits of each process; its bound of memory is also that of all together
     * @param work folder for voxels on their way; what an earlier run left in it is removed
     */
    public ResidentModels(int most, ChildLimits limits, Path work) {
        if (most < 1) {
            throw new IllegalArgumentException("at least 1 model is kept loaded, is " + most);
        }
        this.most = most;
        this.limits = limits;
        this.work = work;
        clean();
    }

    /** The model for array axes as stored; closing it leaves the model loaded. */
    public Segmenter segmenter(ModelPackage model, PredictionOptions options) {
        return new Segmenter() {
            @Override
            public LabelMap segment(Volume volume, Progress progress) throws UnusableSeriesException {
                return use(model, options, child -> child.segment(volume, progress));
            }

            @Override
            public GradedLabelMap graded(Volume volume, Progress progress) throws UnusableSeriesException {
                return use(model, options, child -> child.graded(volume, progress));
            }

            @Override
            public void close() {}
        };
    }

    /** Names of the models whose processes run, the one not used for longest first. */
    public List<String> loaded() {
        synchronized (children) {
            return children.values().stream()
                    .filter(ChildSegmenter::isResident)
                    .map(ChildSegmenter::name)
                    .toList();
        }
    }

    /** Bytes of memory that all their processes hold. */
    public long resident() {
        synchronized (children) {
            return children.values().stream()
                    .mapToLong(ChildSegmenter::resident)
                    .sum();
        }
    }

    /** Ends every process; a computation that runs fails. Models are loaded again when they are needed. */
    @Override
    public void close() {
        List<ChildSegmenter> all;
        synchronized (children) {
            all = List.copyOf(children.values());
            children.clear();
        }
        all.forEach(ChildSegmenter::close);
    }

    private interface Use<T> {
        T of(ChildSegmenter child) throws UnusableSeriesException;
    }

    private <T> T use(ModelPackage model, PredictionOptions options, Use<T> use) throws UnusableSeriesException {
        computing.lock();
        try {
            ChildSegmenter child = child(model, options);
            makeRoom(child, most);
            T found = use.of(child);
            while (resident() > limits.resident() && loaded().size() > 1) {
                makeRoom(child, loaded().size() - 1);
            }
            return found;
        } finally {
            computing.unlock();
        }
    }

    private ChildSegmenter child(ModelPackage model, PredictionOptions options) {
        synchronized (children) {
            return children.computeIfAbsent(model.digest() + options, key -> {
                Opening opening = Opening.of(model.folder().toAbsolutePath().toString(), options, limits.threads());
                Path folder = work.resolve("model-" + ++started);
                return new ChildSegmenter(model.description().id(), opening, limits, folder);
            });
        }
    }

    /** Closes what was not used for longest until so many are left, the given one among them. */
    private void makeRoom(ChildSegmenter needed, int left) {
        while (true) {
            ChildSegmenter oldest;
            synchronized (children) {
                if (children.size() <= left) {
                    return;
                }
                Map.Entry<String, ChildSegmenter> entry = children.entrySet().stream()
                        .filter(each -> each.getValue() != needed)
                        .findFirst()
                        .orElseThrow();
                oldest = entry.getValue();
                children.remove(entry.getKey());
            }
            LOG.info("model {}: closed, to make room for {}", oldest.name(), needed.name());
            oldest.close();
        }
    }

    private void clean() {
        try {
            Files.createDirectories(work);
            try (Stream<Path> files = Files.walk(work)) {
                files.filter(file -> !file.equals(work))
                        .sorted(Comparator.reverseOrder())
                        .forEach(ChildSegmenter::delete);
            }
        } catch (IOException e) {
            LOG.warn("{} cannot be emptied: {}", work, e.getMessage());
        }
    }
}
