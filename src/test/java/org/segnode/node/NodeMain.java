package org.segnode.node;

import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import org.segnode.node.settings.Settings;

/** A node in a process of its own. */
final class NodeMain {
    private NodeMain() {}

    /** @param arguments the settings file, and {@code boxes} for a worker that needs no model or {@code models} */
    public static void main(String[] arguments) {
        Settings settings = Settings.read(Path.of(arguments[0]), Map.of());
        WorkerStart start = arguments[1].equals("boxes") ? BoxWorker::start : WorkerStart.WITH_MODELS;
        Node node = new Node(settings, start, Clock.systemUTC());
        Runtime.getRuntime().addShutdownHook(new Thread(node::close));
        node.start();
    }
}
