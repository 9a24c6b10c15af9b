package org.segnode.inference;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.segnode.plan.Dataset;
import org.segnode.plan.Plans;
import org.segnode.preprocess.Probabilities;
import org.segnode.preprocess.Restoration;
import org.segnode.preprocess.SavedProbabilities;
import org.segnode.volume.Grid;
import org.segnode.volume.LabelMap;
import org.segnode.volume.io.GridProperties;
import org.segnode.volume.io.PickleReader;
import org.segnode.volume.io.ReaderWriter;

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
     * @param folders with {@code case.npz} and {@code case.pkl} of the same cases, dataset.json and plans.json in the first
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
        ReaderWriter writer =
                ResultFolder.readerWriter(Plans.read(folders.get(0).resolve("plans.json")));
        Files.createDirectories(output);
        ResultFolder.copyJson(folders.get(0).resolve("dataset.json"), output.resolve("dataset.json"));
        ResultFolder results = new ResultFolder(output, dataset.fileEnding());
        for (String name : names) {
            Probabilities mean = mean(name, folders, listener);
            Path properties = folders.get(0).resolve(name + ".pkl");
            Object read = PickleReader.read(properties);
            Grid stored = GridProperties.stored(read, mean.shape());
            LabelMap labels = Restoration.labels(dataset.labels(), mean, GridProperties.grid(read, mean.shape()));
            results.complete(name, part -> {
                if (saveProbabilities) {
                    SavedProbabilities.write(part, name, mean, properties);
                }
                writer.write(labels, stored, part.resolve(name + dataset.fileEnding()));
            });
        }
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
}
