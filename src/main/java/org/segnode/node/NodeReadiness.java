package org.segnode.node;

import java.io.IOException;
import java.nio.file.Files;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.segnode.ledger.Ledger;
import org.segnode.node.settings.DataSettings;
import org.segnode.node.web.Readiness;

/** Whether objects can be taken in and worked on: the program has started, its database answers, the disk has room. */
final class NodeReadiness implements Readiness {
    private static final double GIGABYTE = 1e9;

    private final DataSettings data;
    private volatile String phase = "starting";
    private volatile @Nullable Ledger ledger;
    private volatile BooleanSupplier routes = () -> false;
    private volatile BooleanSupplier worker = () -> false;

    NodeReadiness(DataSettings data) {
        this.data = data;
    }

    void started(Ledger opened, BooleanSupplier routesRunning, BooleanSupplier workerRunning) {
        ledger = opened;
        routes = routesRunning;
        worker = workerRunning;
        phase = OK;
    }

    void stopping() {
        phase = "stopping";
    }

    @Override
    public Map<String, String> parts() {
        Map<String, String> parts = new LinkedHashMap<>();
        parts.put("node", phase);
        if (phase.equals(OK)) {
            Ledger opened = ledger;
            parts.put("database", opened != null && opened.isAlive() ? OK : "does not answer");
            parts.put("routes", routes.getAsBoolean() ? OK : "are not running");
            parts.put("worker", worker.getAsBoolean() ? OK : "does not take jobs");
            parts.put("disk", disk());
        }
        return parts;
    }

    private String disk() {
        try {
            long free = Files.getFileStore(data.folder()).getUsableSpace();
            return free >= data.reserve()
                    ? OK
                    : String.format(
                            Locale.ROOT,
                            "%.1f GB free, %.1f GB are kept free: objects are refused",
                            free / GIGABYTE,
                            data.reserve() / GIGABYTE);
        } catch (IOException e) {
            return "cannot be looked at: " + e.getMessage();
        }
    }
}
