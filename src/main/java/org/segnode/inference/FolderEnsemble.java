package org.segnode.inference;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.segnode.plan.Dataset;
import org.segnode.preprocess.Probabilities;
import org.segnode.preprocess.Restoration;
import org.segnode.preprocess.SavedProbabilities;
import org.segnode.volume.Grid;
import org.segnode.volume.LabelMap;
import org.segnode.volume.Position;
import org.segnode.volume.Shape;
import org.segnode.volume.io.PickleException;
import org.segnode.volume.io.PickleReader;
import org.segnode.volume.io.PickleTuple;
import org.segnode.volume.io.VolumeFiles;

/** Averages saved probabilities of several folders, as {@code nnUNetv2_ensemble} does. */
public final class FolderEnsemble {
    private FolderEnsemble() {}

    /** Told what each member says, before it is averaged. */
    @FunctionalInterface
    public interface Listener {
        /** @param range smallest, mean and largest probability */
        void member(String name, Path folder, Probabilities.Range range);
    }

    /**
     * @param folders with {@code case.npz} and {@code case.pkl} of the same cases, dataset.json in the first
     * @param output made if it is missing
     * @throws IOException if the folders hold different cases, or a member's values are not in [0, 1]
     */
    public static void run(List<Path> folders, Path output, boolean saveProbabilities, Listener listener)
            throws IOException {
        Set<String> names = names(folders.get(0));
        for (Path folder : folders) {
            if (!names(folder).equals(names)) {
                throw new IOException(folder + ": has other cases than " + folders.get(0));
            }
        }
        Dataset dataset = Dataset.read(folders.get(0).resolve("dataset.json"));
        Files.createDirectories(output);
        for (String name : names) {
            Probabilities mean = mean(name, folders, listener);
            Path properties = folders.get(0).resolve(name + ".pkl");
            LabelMap labels = Restoration.labels(dataset.labels(), mean, grid(properties, mean.shape()));
            VolumeFiles.write(labels, output.resolve(name + dataset.fileEnding()));
            if (saveProbabilities) {
                SavedProbabilities.write(output, name, mean, properties);
            }
        }
        Files.copy(
                folders.get(0).resolve("dataset.json"),
                output.resolve("dataset.json"),
                StandardCopyOption.REPLACE_EXISTING);
    }

    private static Probabilities mean(String name, List<Path> folders, Listener listener) throws IOException {
        ProbabilityMean mean = new ProbabilityMean();
        for (Path folder : folders) {
            try {
                Probabilities member = SavedProbabilities.read(folder.resolve(name + ".npz"));
                listener.member(
                        name, folder, mean.add(folder.resolve(name + ".npz").toString(), member));
            } catch (IllegalArgumentException e) {
                throw new IOException(e.getMessage(), e);
            }
        }
        return mean.mean();
    }

    private static Set<String> names(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            Set<String> names = new TreeSet<>();
            files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".npz"))
                    .forEach(name -> names.add(name.substring(0, name.length() - ".npz".length())));
            if (names.isEmpty()) {
                throw new IOException(folder + ": has no saved probabilities (.npz)");
            }
            return names;
        }
    }

    /** The place of the image as nnU-Net keeps it: x, y, z of spacing and origin, direction by rows. */
    private static Grid grid(Path pkl, Shape shape) throws IOException {
        if (!(PickleReader.read(pkl) instanceof Map<?, ?> properties
                && properties.get("sitk_stuff") instanceof Map<?, ?> stuff)) {
            throw new PickleException(pkl.getFileName() + ": has no sitk_stuff");
        }
        double[] spacing = numbers(stuff.get("spacing"), 3, pkl);
        double[] direction = numbers(stuff.get("direction"), 9, pkl);
        Position[] steps = new Position[3];
        for (int axis = 0; axis < 3; axis++) {
            steps[axis] = new Position(direction[axis], direction[axis + 3], direction[axis + 6]).times(spacing[axis]);
        }
        return new Grid(shape, Position.of(numbers(stuff.get("origin"), 3, pkl)), steps[2], steps[1], steps[0]);
    }

    private static double[] numbers(@Nullable Object value, int count, Path pkl) throws PickleException {
        List<?> items =
                value instanceof PickleTuple tuple ? tuple.items() : value instanceof List<?> list ? list : List.of();
        double[] numbers = new double[count];
        for (int i = 0; i < count; i++) {
            if (items.size() != count || !(items.get(i) instanceof Number number)) {
                throw new PickleException(pkl.getFileName() + ": sitk_stuff is incomplete");
            }
            numbers[i] = number.doubleValue();
        }
        return numbers;
    }
}
