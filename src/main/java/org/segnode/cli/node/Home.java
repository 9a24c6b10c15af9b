package org.segnode.cli.node;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.segnode.cli.terminal.CommandFailure;

/** Where the program lies: the checkout or the installation. The launcher says it by {@code -Dsegnode.home}. */
public final class Home {
    private static final Path ETC = Path.of("/etc/segnode/segnode.yaml");
    private static final Path DEBIAN = Path.of("/usr/share/segnode");

    private Home() {}

    public static Path folder() {
        return Path.of(System.getProperty("segnode.home", ".")).toAbsolutePath().normalize();
    }

    /** The settings that are used when none are named. */
    public static Path settings() {
        return folder().equals(DEBIAN) ? ETC : folder().resolve("config/segnode.yaml");
    }

    /** The models that come with the program. */
    public static Path models() {
        return firstThatExists("models", "src/models");
    }

    public static Path samples() {
        return firstThatExists("dicom-samples");
    }

    private static Path firstThatExists(String... names) {
        return List.of(names).stream()
                .map(folder()::resolve)
                .filter(Files::isDirectory)
                .findFirst()
                .orElseThrow(() -> new CommandFailure("there is no " + names[0] + " in " + folder()));
    }
}
