package org.segnode.node.settings;

import java.nio.file.Path;
import java.util.List;

/** The settings cannot be used. Carries every complaint, not only the first, each with its line or its variable. */
public final class SettingsException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final List<String> complaints;

    SettingsException(Path file, List<String> complaints) {
        super("settings in " + file + ":\n  " + String.join("\n  ", complaints));
        this.complaints = List.copyOf(complaints);
    }

    public List<String> complaints() {
        return complaints;
    }
}
