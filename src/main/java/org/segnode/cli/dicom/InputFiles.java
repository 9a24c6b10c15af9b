package org.segnode.cli.dicom;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.segnode.cli.terminal.CommandFailure;

/** Finds the files that a user means by naming files and folders. */
public final class InputFiles {
    private InputFiles() {}

    /**
     * @param sources files, or folders with all that lies below; hidden files and DICOMDIR are passed over in folders
     * @return in the order given, folders sorted by path; at least one
     * @throws CommandFailure if a folder holds no file
     */
    public static List<Path> below(List<Path> sources) throws IOException {
        List<Path> files = new ArrayList<>();
        for (Path source : sources) {
            if (!Files.exists(source)) {
                throw new NoSuchFileException(source.toString());
            }
            List<Path> found = Files.isDirectory(source) ? inFolder(source) : List.of(source);
            if (found.isEmpty()) {
                throw new CommandFailure("no file in " + source);
            }
            files.addAll(found);
        }
        return files;
    }

    private static List<Path> inFolder(Path folder) throws IOException {
        try (Stream<Path> paths = Files.walk(folder)) {
            return paths.filter(Files::isRegularFile)
                    .filter(path -> isMeant(path.getFileName().toString()))
                    .sorted()
                    .toList();
        }
    }

    private static boolean isMeant(String name) {
        return !name.startsWith(".") && !name.equals("DICOMDIR");
    }
}
