package org.segnode.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.segnode.ledger.Closing;
import org.segnode.ledger.ClosingRule;
import org.segnode.ledger.SeriesRow;
import org.segnode.pacs.RemoteAe;
import org.segnode.pacs.Spool;
import org.segnode.pacs.StorageScu;
import org.segnode.peers.FreePort;
import org.segnode.peers.ResultPacs;
import org.segnode.peers.SyntheticSeries;

/** A running node that asks an archive whether a series is complete. */
class CompletenessIT {
    private static final SyntheticSeries SERIES = new SyntheticSeries("2.25.87", 12, 31);
    private static final Duration LONG = Duration.ofSeconds(60);

    @TempDir
    Path folder;

    private final int port = FreePort.next();

    @SuppressWarnings("NullAway.Init") // set where a test starts it
    private Node node;

    @AfterEach
    void stop() {
        if (node != null) {
            node.close();
        }
    }

    private void start(ResultPacs pacs, String retrieve, String rules) throws Exception {
        NodeFolder files = NodeFolder.make(folder.resolve("node"), port, 0, rules, List.of());
        String settings = Files.readString(files.settingsFile())
                .replace(
                        "completeness: {",
                        "completeness: {count-interval: 300ms, fetch-missing: true, longest-wait: 30s, ");
        Files.writeString(files.settingsFile(), settings);
        Files.writeString(
                files.settingsFile(),
                "archives: [{name: pacs, aet: %s, port: %d, retrieve: %s, senders: [PACS, CT1]}]\n"
                        .formatted(pacs.remote().aet(), pacs.remote().port(), retrieve),
                StandardOpenOption.APPEND);
        node = new Node(files.settings());
        node.start();
    }

    private ResultPacs pacs(Path archive) throws Exception {
        return ResultPacs.start(
                "PACS",
                folder.resolve("pacs"),
                "--serve",
                archive.toString(),
                "--move-to",
                "SEGNODE=127.0.0.1:" + port);
    }

    private void send(List<Path> files) throws Exception {
        new StorageScu("CT1").send(new RemoteAe("SEGNODE", "127.0.0.1", port), files);
    }

    private SeriesRow row() {
        String key = Spool.seriesKey(SERIES.studyInstanceUid(), SERIES.seriesInstanceUid());
        return node.ledger().series().find(key).orElseThrow();
    }

    private Closing closed(int revision) {
        await().atMost(LONG)
                .until(() -> row().revision() == revision && row().outcome().isPresent());
        return row().closing().orElseThrow();
    }

    private void assertFetched(String retrieve) throws Exception {
        List<Path> files = SERIES.write(folder.resolve("archive"));
        try (ResultPacs pacs = pacs(folder.resolve("archive"))) {
            start(pacs, retrieve, "[]");
            send(files.subList(0, 7));
            Closing closing = closed(1);
            assertThat(closing.rule()).isEqualTo(ClosingRule.ARCHIVE_COUNT);
            assertThat(closing.proof()).isEqualTo("12 of 12 objects, counted twice at archive pacs");
            assertThat(closing.instances()).isEqualTo(12);
        }
    }

    @Test
    void whatTheArchiveHasMoreIsFetchedByGetAndTheSeriesIsComplete() throws Exception {
        assertFetched("get");
    }

    @Test
    void whatTheArchiveHasMoreIsFetchedByMoveAndTheSeriesIsComplete() throws Exception {
        assertFetched("move");
    }

    @Test
    void anArchiveThatIsAbsentLeavesTheDecisionToTheQuietTime() throws Exception {
        List<Path> files = SERIES.write(folder.resolve("archive"));
        ResultPacs pacs = pacs(folder.resolve("archive"));
        pacs.close();
        start(pacs, "get", "[]");
        send(files);
        Closing closing = closed(1);
        assertThat(closing.rule()).isEqualTo(ClosingRule.RELEASED_AND_QUIET);
        assertThat(closing.proof()).contains("archive pacs gave no count (does not answer: no association");
    }

    @Test
    void theCountOfARuleClosesAtOnceAndALateSliceOpensAgain() throws Exception {
        List<Path> files = SERIES.write(folder.resolve("sent"));
        try (ResultPacs pacs = pacs(Files.createDirectories(folder.resolve("empty")))) {
            start(pacs, "get", "- {name: ct, models: [no-such-model], expected: 11}");
            send(files.subList(0, 5));
            send(files.subList(5, 11));
            Closing closing = closed(1);
            assertThat(closing.rule()).isEqualTo(ClosingRule.EXPECTED_COUNT);
            assertThat(closing.proof()).isEqualTo("11 of 11 objects, as rule ct expects");

            send(files.subList(11, 12));
            assertThat(closed(2).instances()).isEqualTo(12);
            assertThat(node.ledger().jobs().ofSeries(row().seriesKey())).hasSize(2);
        }
    }
}
