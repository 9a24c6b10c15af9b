package org.segnode.node;

import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import org.segnode.node.settings.Settings;

/** A node in a process of its own whose worker needs no model. */
final class NodeMain {
    private NodeMain() {}

    /** @param arguments the settings file */
    public static void main(String[] arguments) {
        Settings settings = Settings.read(Path.of(arguments[0]), Map.of());
        Node node = new Node(settings, BoxWorker::start, Clock.systemUTC());
        Runtime.getRuntime().addShutdownHook(new Thread(node::close));
        node.start();
    }
}
