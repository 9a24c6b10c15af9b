package org.segnode.evaluation;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.segnode.plan.CaseTasks;
import org.segnode.plan.Dataset;
import org.segnode.plan.Labels;
import org.segnode.plan.Region;
import org.segnode.plan.UnusableFileException;
import org.segnode.volume.io.ReaderWriter;

/**
 * Compares a folder of predictions with a folder of references, file by file of the same name.
 *
 * @param regions the labels or regions to compare
 * @param ignore label of the references whose voxels are not counted, or −1
 * @param fileEnding of the files to compare
 * @param reader reads both
 */
public record FolderEvaluation(List<Region> regions, int ignore, String fileEnding, ReaderWriter reader) {
    public FolderEvaluation {
        regions = List.copyOf(regions);
    }

    /** The regions of a data set, or its foreground labels one by one. */
    public static FolderEvaluation of(Dataset dataset, ReaderWriter reader) {
        Labels labels = dataset.labels();
        return new FolderEvaluation(labels.evaluated(), labels.ignore().orElse(-1), dataset.fileEnding(), reader);
    }

    /**
     * @param chill compare what there is, even if references have no prediction
     * @param threads cases at a time
     * @throws UnusableFileException naming the first file that is missing
     */
    public Summary evaluate(Path references, Path predictions, boolean chill, int threads)
            throws IOException, InterruptedException {
        TreeSet<String> predicted = names(predictions);
        requireThere(predicted, predictions, references);
        if (!chill) {
            requireThere(names(references), references, predictions);
        }
        if (predicted.isEmpty()) {
            throw new UnusableFileException(predictions + ": has no files ending in " + fileEnding);
        }
        List<Callable<CaseResult>> tasks = new ArrayList<>();
        predicted.forEach(name -> tasks.add(() -> compare(predictions.resolve(name), references.resolve(name))));
        return new Summary(regions, CaseTasks.run(threads, tasks));
    }

    private CaseResult compare(Path prediction, Path reference) throws IOException {
        return CaseResult.of(
                prediction.toString(),
                reader.readLabels(prediction),
                reference.toString(),
                reader.readLabels(reference),
                regions,
                ignore);
    }

    private TreeSet<String> names(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            TreeSet<String> names = new TreeSet<>();
            files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(fileEnding))
                    .forEach(names::add);
            return names;
        }
    }

    private static void requireThere(TreeSet<String> names, Path from, Path folder) throws UnusableFileException {
        for (String name : names) {
            if (!Files.exists(folder.resolve(name))) {
                throw new UnusableFileException(folder + ": lacks " + name + ", which " + from + " has");
            }
        }
    }
}
