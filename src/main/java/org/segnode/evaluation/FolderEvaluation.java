package org.segnode.evaluation;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.segnode.plan.CaseTasks;
import org.segnode.plan.Dataset;
import org.segnode.plan.FileSizes;
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
    /** The file's bytes, its numbers as 32 bits, and its labels. */
    private static final int COPIES = 8;

    public FolderEvaluation {
        regions = List.copyOf(regions);
    }

    /** The regions of a data set, or its foreground labels one by one. */
    public static FolderEvaluation of(Dataset dataset, ReaderWriter reader) {
        Labels labels = dataset.labels();
        return new FolderEvaluation(labels.evaluated(), labels.ignore().orElse(-1), dataset.fileEnding(), reader);
    }

    /**
     * Labels one by one, in files whose ending and reader follow from the first file of the references.
     *
     * @param ignore label of the references whose voxels are not counted
     * @throws UnusableFileException if no file has an ending that is known
     */
    public static FolderEvaluation of(List<Integer> labels, Optional<Integer> ignore, Path references)
            throws IOException {
        List<Region> regions = labels.stream()
                .map(label -> Region.of(Integer.toString(label), label))
                .toList();
        try (Stream<Path> files = Files.list(references)) {
            for (Path file : files.sorted().toList()) {
                Optional<String> ending = ReaderWriter.endingOf(file);
                if (ending.isPresent()) {
                    return new FolderEvaluation(
                            regions, ignore.orElse(-1), ending.get(), ReaderWriter.choose(ending.get(), file));
                }
            }
        }
        throw new UnusableFileException(references + ": has no file whose ending a reader knows");
    }

    /**
     * @param chill compare what there is, even if references have no prediction
     * @throws UnusableFileException naming the first file that is missing
     */
    public Summary evaluate(Path references, Path predictions, boolean chill, CaseTasks tasks)
            throws IOException, InterruptedException {
        TreeSet<String> predicted = names(predictions);
        requireThere(predicted, predictions, references);
        if (!chill) {
            requireThere(names(references), references, predictions);
        }
        if (predicted.isEmpty()) {
            throw new UnusableFileException(predictions + ": has no files ending in " + fileEnding);
        }
        List<CaseTasks.Task<CaseResult>> work = new ArrayList<>();
        for (String name : predicted) {
            Path prediction = predictions.resolve(name);
            Path reference = references.resolve(name);
            long bytes = COPIES * (FileSizes.unpacked(prediction) + FileSizes.unpacked(reference));
            work.add(new CaseTasks.Task<>(bytes, () -> compare(prediction, reference)));
        }
        return new Summary(regions, tasks.run(work));
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
