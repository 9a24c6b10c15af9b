package org.segnode.cli.dicom;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.segnode.cli.terminal.CommandFailure;

/** The files that {@code -o} stands for: a name with a dot is a file, anything else a folder, which is made. */
final class OutputFiles {
    private final Path output;
    private final boolean isFile;

    private OutputFiles(Path output, boolean isFile) {
        this.output = output;
        this.isFile = isFile;
    }

    /**
     * @param kinds how many kinds of file there will be
     * @throws CommandFailure if a file is named for several kinds
     */
    static OutputFiles of(Path output, int kinds) throws IOException {
        String given = output.getFileName() == null ? "" : output.getFileName().toString();
        boolean isFile = !Files.isDirectory(output) && given.contains(".");
        if (isFile && kinds > 1) {
            throw new CommandFailure("several kinds of result need a folder, -o names the file " + output);
        }
        Path absolute = output.toAbsolutePath();
        Files.createDirectories(isFile ? absolute.resolveSibling(".") : absolute);
        return new OutputFiles(absolute, isFile);
    }

    /**
     * @param name of the file in a folder
     * @param ending with its dot
     * @param number from 1; what is not the first says so in its name
     */
    Path file(String name, String ending, int number) {
        if (!isFile) {
            return output.resolve(name + (number == 1 ? "" : "-" + number) + ending);
        }
        String given = output.getFileName().toString();
        int dot = given.indexOf('.', 1);
        return number == 1
                ? output
                : output.resolveSibling(given.substring(0, dot) + "-" + number + given.substring(dot));
    }

    /** The file, or the folder of all. */
    Path written() {
        return output;
    }
}
