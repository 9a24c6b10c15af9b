package org.segnode.node;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.segnode.ledger.Ledger;
import org.segnode.ledger.LedgerConfiguration;
import org.segnode.ledger.Refusal;
import org.segnode.ledger.SeriesRow;
import org.segnode.node.settings.Settings;
import org.segnode.pacs.RemoteAe;
import org.segnode.pacs.Spool;

/**
 * A folder with the settings and the data of one node for tests, with short times.
 *
 * @param folder holds {@code segnode.yaml} and {@code data}
 */
record NodeFolder(Path folder) {
    static final String AET = "SEGNODE";

    /**
     * @param rules YAML of the list of rules
     * @param destinations each called by its AE title in lower case
     */
    static NodeFolder make(Path folder, int dicomPort, int webPort, String rules, List<RemoteAe> destinations)
            throws IOException {
        Files.createDirectories(folder);
        String text = """
                node: {aet: SEGNODE, bind: 127.0.0.1, port: %d}
                web: {port: %d}
                data: {folder: data, models: %s, reserve: 1MB}
                reception: {quiet-time: 1s}
                completeness: {gap-wait: 0s, input-wait: 1s}
                delivery: {attempts: 1000, first-pause: 200ms, longest-pause: 500ms, poll: 100ms}
                worker: {threads: 2, memory: 1GB, first-pause: 100ms, poll: 100ms, lease: 20s}
                rules:
                %s
                destinations: [%s]
                """.formatted(
                        dicomPort,
                        webPort,
                        Path.of("src/models").toAbsolutePath(),
                        rules.indent(2),
                        destinations.stream().map(NodeFolder::destination).collect(Collectors.joining(", ")));
        Files.writeString(folder.resolve("segnode.yaml"), text);
        return new NodeFolder(folder);
    }

    /** The same with another quiet time. */
    NodeFolder quiet(String time) throws IOException {
        Files.writeString(
                settingsFile(), Files.readString(settingsFile()).replace("quiet-time: 1s", "quiet-time: " + time));
        return this;
    }

    /** The same with terms for all destinations. @param terms YAML, such as {@code commitment: same-association} */
    NodeFolder terms(String terms) throws IOException {
        String text = Files.readString(settingsFile());
        int destinations = text.lastIndexOf("destinations: [");
        String changed = text.substring(destinations).replace("}", ", " + terms + "}");
        Files.writeString(
                settingsFile(),
                text.substring(0, destinations) + (terms.isEmpty() ? text.substring(destinations) : changed));
        return this;
    }

    private static String destination(RemoteAe ae) {
        return "{name: %s, aet: %s, host: %s, port: %d}"
                .formatted(ae.aet().toLowerCase(Locale.ROOT), ae.aet(), ae.host(), ae.port());
    }

    Path settingsFile() {
        return folder.resolve("segnode.yaml");
    }

    Settings settings() {
        return Settings.read(settingsFile(), Map.of());
    }

    Spool spool() {
        return new Spool(settings().data().spool());
    }

    /** Opens the database; only while no node runs here. */
    Ledger ledger() {
        return Ledger.open(LedgerConfiguration.embedded(settings().data().folder()));
    }

    /** The rows of a study; only while no node runs here. */
    List<SeriesRow> series(String studyInstanceUid) {
        try (Ledger ledger = ledger()) {
            return ledger.series().ofStudy(studyInstanceUid);
        }
    }

    /** What was refused at the door; only while no node runs here. */
    List<Refusal> refusals() {
        try (Ledger ledger = ledger()) {
            return ledger.refusals().all();
        }
    }
}
