package org.segnode.plan;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Where nnU-Net's three folder trees lie. Each may be missing until it is needed.
 *
 * @param raw data sets as they were given
 * @param preprocessed fingerprints, plans and prepared cases
 * @param results trained models
 */
public record DatasetFolders(Optional<Path> raw, Optional<Path> preprocessed, Optional<Path> results) {

    /** @param environment variables nnUNet_raw, nnUNet_preprocessed and nnUNet_results */
    public static DatasetFolders of(Map<String, String> environment) {
        return new DatasetFolders(
                Optional.ofNullable(environment.get("nnUNet_raw")).map(Path::of),
                Optional.ofNullable(environment.get("nnUNet_preprocessed")).map(Path::of),
                Optional.ofNullable(environment.get("nnUNet_results")).map(Path::of));
    }

    /** The same, with folders of nnU-Net's names below another one in place of those that are not known. */
    public DatasetFolders orBelow(Path folder) {
        return new DatasetFolders(
                Optional.of(raw.orElse(folder.resolve("nnUNet_raw"))),
                Optional.of(preprocessed.orElse(folder.resolve("nnUNet_preprocessed"))),
                Optional.of(results.orElse(folder.resolve("nnUNet_results"))));
    }

    /** Folder of a data set below nnUNet_raw. */
    public Path raw(String dataset) throws UnusableFileException {
        return required(raw, "nnUNet_raw").resolve(dataset);
    }

    /** Folder of a data set below nnUNet_preprocessed. */
    public Path preprocessed(String dataset) throws UnusableFileException {
        return required(preprocessed, "nnUNet_preprocessed").resolve(dataset);
    }

    /** Folder of a data set below nnUNet_results. */
    public Path results(String dataset) throws UnusableFileException {
        return required(results, "nnUNet_results").resolve(dataset);
    }

    /**
     * The full name of a data set.
     *
     * @param idOrName {@code 4}, or {@code Dataset004_Hippocampus}
     * @throws UnusableFileException if no folder, or folders of several names, begin with the id
     */
    public String datasetName(String idOrName) throws IOException {
        if (idOrName.startsWith("Dataset")) {
            if (!idOrName.matches("Dataset\\d{3,}_[\\w.-]{1,200}")) {
                throw new UnusableFileException("a data set is named like Dataset004_Name, not " + idOrName);
            }
            return idOrName;
        }
        if (!idOrName.matches("\\d{1,6}")) {
            throw new UnusableFileException("a data set is given by id or as Dataset004_Name, not " + idOrName);
        }
        String prefix = String.format(Locale.ROOT, "Dataset%03d", Integer.parseInt(idOrName));
        TreeSet<String> names = new TreeSet<>();
        for (Optional<Path> root : List.of(raw, preprocessed, results)) {
            if (root.isPresent() && Files.isDirectory(root.get())) {
                names.addAll(beginningWith(prefix, root.get()));
            }
        }
        if (names.size() != 1) {
            throw new UnusableFileException(
                    names.isEmpty()
                            ? "no data set " + prefix + "_… below " + roots()
                            : "several data sets have the id " + idOrName + ": " + names);
        }
        return names.first();
    }

    private String roots() {
        List<String> known = Stream.of(raw, preprocessed, results)
                .flatMap(Optional::stream)
                .map(Path::toString)
                .toList();
        return known.isEmpty()
                ? "nnUNet_raw, nnUNet_preprocessed or nnUNet_results, which are not set"
                : String.join(" or ", known);
    }

    private static List<String> beginningWith(String prefix, Path root) throws IOException {
        try (Stream<Path> entries = Files.list(root)) {
            return entries.filter(Files::isDirectory)
                    .map(entry -> entry.getFileName().toString())
                    .filter(name -> name.startsWith(prefix + "_"))
                    .toList();
        }
    }

    private static Path required(Optional<Path> root, String variable) throws UnusableFileException {
        return root.orElseThrow(
                () -> new UnusableFileException("the environment variable " + variable + " must name a folder"));
    }
}
