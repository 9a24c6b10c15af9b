package org.segnode.cli.nnunet;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.segnode.cli.node.Home;
import org.segnode.node.settings.Settings;
import org.segnode.node.settings.SettingsException;
import org.segnode.plan.DatasetFolders;

/** Where nnU-Net's folder trees lie for a command. */
final class Folders {
    private Folders() {}

    /** Those of the environment; what it does not name lies below the data folder of the node's settings. */
    static DatasetFolders find() {
        return find(System.getenv(), Home.settings());
    }

    /** @param settings of the node; may be missing or of no use to a node */
    static DatasetFolders find(Map<String, String> environment, Path settings) {
        DatasetFolders named = DatasetFolders.of(environment);
        if (!Files.isReadable(settings)) {
            return named;
        }
        try {
            return named.orBelow(Settings.read(settings, environment).data().folder());
        } catch (SettingsException spoiled) {
            return named;
        }
    }
}
