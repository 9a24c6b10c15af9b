package org.segnode.inference;

import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.segnode.plan.Plans;
import org.segnode.plan.PythonJson;
import org.segnode.plan.UnusableFileException;
import org.segnode.volume.io.ReaderWriter;

/**
 * A folder of predictions as nnU-Net leaves it: {@code CASE.nii.gz}, with probabilities {@code CASE.npz} and
 * {@code CASE.pkl}. A case's files appear when all are complete, the label map last.
 *
 * @param fileEnding of label maps
 */
record ResultFolder(Path folder, String fileEnding) {

    /** The reader and writer that plans name. @throws UnusableFileException if there is none of this name */
    static ReaderWriter readerWriter(Plans plans) throws UnusableFileException {
        String name = plans.imageReaderWriter();
        return ReaderWriter.ofClassName(name)
                .orElseThrow(() -> new UnusableFileException("plans.json: there is no image_reader_writer " + name));
    }

    /** Whether a case was finished before. */
    boolean has(String name, boolean withProbabilities) {
        return Files.isRegularFile(folder.resolve(name + fileEnding))
                && (!withProbabilities
                        || (Files.isRegularFile(folder.resolve(name + ".npz"))
                                && Files.isRegularFile(folder.resolve(name + ".pkl"))));
    }

    /** Writes files into the folder it is given. */
    interface Content {
        void write(Path part) throws IOException;
    }

    /** @param content writes the files of the case into the folder it is given */
    void complete(String name, Content content) throws IOException {
        Path part = folder.resolve(".part-" + name);
        delete(part);
        Files.createDirectories(part);
        try {
            content.write(part);
            for (Path file : ordered(part)) {
                Files.move(
                        file,
                        folder.resolve(file.getFileName()),
                        StandardCopyOption.REPLACE_EXISTING,
                        StandardCopyOption.ATOMIC_MOVE);
            }
        } finally {
            delete(part);
        }
    }

    private List<Path> ordered(Path part) throws IOException {
        try (Stream<Path> files = Files.list(part)) {
            return files.sorted(
                            Comparator.comparing((Path file) -> file.toString().endsWith(fileEnding))
                                    .thenComparing(Comparator.naturalOrder()))
                    .toList();
        }
    }

    private static void delete(Path part) throws IOException {
        if (!Files.isDirectory(part)) {
            return;
        }
        try (Stream<Path> files = Files.list(part)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(part);
    }

    /** Copies a JSON file as Python's {@code json.dump} writes it. */
    static void copyJson(Path from, Path to) throws IOException {
        JsonMapper mapper = JsonMapper.builder()
                .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
                .build();
        PythonJson.write(to, mapper.readTree(from.toFile()), false);
    }
}
