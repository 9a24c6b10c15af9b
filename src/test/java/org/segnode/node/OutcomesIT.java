package org.segnode.node;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.segnode.ledger.Outcome;
import org.segnode.ledger.SeriesRow;
import org.segnode.pacs.RefusedByPeerException;
import org.segnode.pacs.RemoteAe;
import org.segnode.pacs.Spool;
import org.segnode.pacs.StorageScu;
import org.segnode.peers.Mode;
import org.segnode.peers.Storescp;
import org.segnode.peers.Storescu;
import org.segnode.peers.SyntheticSeries;

/** What cannot be segmented has an outcome with a reason, in the database and in the log, and the node goes on. */
class OutcomesIT {
    private static final String ROOT = "1.2.826.0.1.3680043.10.9.";
    private static final String RULE =
            "- {name: ct, models: [box], when: {modality: [CT, SR, OT]}," + " geometry: {gaps: {fill-up-to: 0}}}";

    @TempDir
    Path folder;

    private Storescp pacs;
    private NodeFolder files;
    private Node node;
    private LogLines log;

    @BeforeAll
    static void needsPeers() {
        Mode.PROCESS.require("storescu", "storescp");
    }

    @BeforeEach
    void start() throws Exception {
        log = new LogLines();
        pacs = Storescp.start(Mode.PROCESS, "PACS", folder.resolve("pacs"));
        files = NodeFolder.make(folder.resolve("node"), 0, 0, RULE, List.of(pacs.remote()));
        node = new Node(files.settings(), BoxWorker::start, Clock.systemUTC());
        node.start();
    }

    @AfterEach
    void stop() {
        node.close();
        pacs.close();
        log.close();
    }

    @Test
    void everySeriesHasItsOutcomeWithAReasonAndTheNodeGoesOn() throws Exception {
        SyntheticSeries gap = OddSeries.withGap(ROOT + "11", folder.resolve("gap"));
        SyntheticSeries cut = OddSeries.cutShort(ROOT + "12", folder.resolve("cut"));
        SyntheticSeries reports = OddSeries.reports(ROOT + "13", folder.resolve("reports"));
        SyntheticSeries future = OddSeries.ofClass(ROOT + "14", folder.resolve("future"), OddSeries.FUTURE_CLASS, "OT");
        SyntheticSeries unasked = OddSeries.ofModality(ROOT + "15", folder.resolve("unasked"), "PT");
        for (String name : List.of("gap", "cut", "reports", "unasked")) {
            assertThat(send(name).exitCode()).as(name).isZero();
        }
        sendUnknownToDcmtk("future");
        OddSeries.good(ROOT + "16").write(folder.resolve("good"));
        assertThat(send("good").exitCode()).isZero();
        await().atMost(60, SECONDS).until(() -> pacs.received().size() == 1);
        await().atMost(30, SECONDS)
                .until(() -> !log.lines().stream()
                        .filter(line -> line.contains("refused") || line.contains("REFUSED"))
                        .toList()
                        .isEmpty());
        node.close();

        assertOutcome(gap, Outcome.REFUSED, "missing|gap|distance");
        assertOutcome(cut, Outcome.REFUSED, "pixel");
        assertOutcome(reports, Outcome.NOT_IMAGES, "kept, not processed: SOP class 1.2.840.10008.5.1.4.1.1.88.11");
        assertOutcome(future, Outcome.REFUSED, "instance 1 is no slice of a volume: .*" + OddSeries.FUTURE_CLASS);
        assertOutcome(
                unasked, Outcome.NO_RULE, "no rule for this series: PT, 12 slices of 1 mm, axial; rule ct asks for");
        assertNoPatientInTheLog();
    }

    @Test
    void whatIsNoStorageClassIsRefusedAtTheDoorWithAReasonInTheLogAndTheDatabase() throws Exception {
        OddSeries.ofClass(ROOT + "21", folder.resolve("private"), OddSeries.PRIVATE_CLASS, "OT");

        assertThatThrownBy(() -> sendUnknownToDcmtk("private")).isInstanceOf(RefusedByPeerException.class);

        assertThat(log.lines()).anyMatch(line -> line.contains("no storage SOP class: " + OddSeries.PRIVATE_CLASS));
        assertThat(files.spool().seriesKeys()).isEmpty();
        assertThat(node.ready()).isTrue();
        node.close();
        assertThat(files.refusals())
                .singleElement()
                .satisfies(refusal -> assertThat(refusal.callingAet()).isEqualTo("MODALITY"))
                .satisfies(refusal ->
                        assertThat(refusal.reason()).isEqualTo("no storage SOP class: " + OddSeries.PRIVATE_CLASS));
    }

    private void sendUnknownToDcmtk(String name) throws IOException, RefusedByPeerException {
        try (Stream<Path> objects = Files.list(folder.resolve(name))) {
            new StorageScu("MODALITY").send(node(), objects.sorted().toList());
        }
    }

    private RemoteAe node() {
        return new RemoteAe(NodeFolder.AET, "127.0.0.1", node.dicomPort());
    }

    private Storescu.Result send(String name) throws InterruptedException {
        return new Storescu(Mode.PROCESS, "MODALITY", folder).send(node(), List.of(folder.resolve(name)));
    }

    private void assertOutcome(SyntheticSeries series, Outcome outcome, String reason) throws IOException {
        List<SeriesRow> rows = files.series(series.studyInstanceUid());
        assertThat(rows).hasSize(1);
        assertThat(rows.get(0).outcome()).contains(outcome);
        assertThat(rows.get(0).reason()).containsPattern(reason);
        String key = Spool.seriesKey(series.studyInstanceUid(), series.seriesInstanceUid());
        assertThat(log.lines())
                .anyMatch(
                        line -> line.contains(key) && line.contains(rows.get(0).reason()));
    }

    private void assertNoPatientInTheLog() {
        assertThat(log.lines()).isNotEmpty().noneMatch(line -> line.contains("Nobody") || line.contains("MADE-UP"));
    }
}
