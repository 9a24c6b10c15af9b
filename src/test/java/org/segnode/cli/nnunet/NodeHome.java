package org.segnode.cli.nnunet;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** An installation in a folder of its own, with the settings that come with the program; its data folder is {@code data}. */
final class NodeHome implements AutoCloseable {
    private static final String PROPERTY = "segnode.home";

    private final Path folder;
    private final @Nullable String before = System.getProperty(PROPERTY);

    NodeHome(Path folder) throws IOException {
        this.folder = folder;
        Files.createDirectories(folder.resolve("config"));
        Files.copy(Path.of("config/segnode.yaml"), folder.resolve("config/segnode.yaml"));
        System.setProperty(PROPERTY, folder.toString());
    }

    Path raw() {
        return folder.resolve("data/nnUNet_raw");
    }

    Path preprocessed() {
        return folder.resolve("data/nnUNet_preprocessed");
    }

    Path results() {
        return folder.resolve("data/nnUNet_results");
    }

    static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Path copy = to.resolve(from.relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(copy);
                } else {
                    Files.copy(file, copy);
                }
            }
        }
    }

    @Override
    public void close() {
        if (before == null) {
            System.clearProperty(PROPERTY);
        } else {
            System.setProperty(PROPERTY, before);
        }
    }
}
