package org.segnode.cli.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Map;
import org.segnode.TemporaryException;
import org.segnode.ledger.Ledger;
import org.segnode.ledger.LedgerConfiguration;
import org.segnode.node.Node;
import org.segnode.node.settings.Settings;

/** A whole node without rules, whose database has a past. */
final class BenchNode implements AutoCloseable {
    private static final int AT_ONCE = 100_000;
    private static final String SERIES = """
            INSERT INTO series (series_key, study_instance_uid, series_instance_uid, calling_aet, called_aet, revision,
                instances, state, outcome, reason, first_seen, last_seen, changed)
            SELECT LPAD(X, 32, '0'), '2.25.7.' || (X / 4), '2.25.8.' || X, 'CT' || MOD(X, 50), 'BENCH', 1,
                300, 'DECIDED', 'QUEUED', 'rule', CURRENT_TIMESTAMP, CURRENT_TIMESTAMP, CURRENT_TIMESTAMP
            FROM SYSTEM_RANGE(?, ?)""";
    private static final String JOBS = """
            INSERT INTO job (series_key, revision, rule_name, model, destinations, priority, state, attempts,
                due, created, changed)
            SELECT LPAD(X, 32, '0'), 1, 'rule', 'model', 'pacs', 0, 'COMPLETE', 1,
                CURRENT_TIMESTAMP, CURRENT_TIMESTAMP, CURRENT_TIMESTAMP
            FROM SYSTEM_RANGE(?, ?)""";

    private final Path spool;
    private final Node node;

    /**
     * @param folder empty
     * @param rows series that are decided, each with a job that is complete
     */
    BenchNode(Path folder, int rows) throws IOException {
        Files.createDirectories(folder);
        Path file = Files.writeString(folder.resolve("segnode.yaml"), """
                node: {aet: BENCH, bind: 127.0.0.1, port: 0}
                web: {port: 0}
                data: {folder: data, reserve: 1MB}
                """);
        Settings settings = Settings.read(file, Map.of());
        spool = settings.data().spool();
        fill(Files.createDirectories(settings.data().folder()), rows);
        node = new Node(settings);
        node.start();
    }

    private static void fill(Path data, int rows) {
        LedgerConfiguration configuration = LedgerConfiguration.embedded(data);
        Ledger.open(configuration).close(); // makes the tables
        try (Connection connection = DriverManager.getConnection(configuration.url())) {
            for (String table : new String[] {SERIES, JOBS}) {
                for (int from = 1; from <= rows; from += AT_ONCE) {
                    insert(connection, table, from, Math.min(rows, from + AT_ONCE - 1));
                }
            }
        } catch (SQLException e) {
            throw new TemporaryException("the database cannot be filled: " + e.getMessage(), e);
        }
    }

    private static void insert(Connection connection, String table, int from, int to) throws SQLException {
        try (PreparedStatement rows = connection.prepareStatement(table)) {
            rows.setInt(1, from);
            rows.setInt(2, to);
            rows.executeUpdate();
        }
    }

    int port() {
        return node.dicomPort();
    }

    /** So that the same objects are new again. */
    void forgetObjects() throws IOException {
        ReceptionBenchmark.deleteBelow(spool, path -> path.toString().endsWith(".dcm"));
    }

    @Override
    public void close() {
        node.close();
    }
}
