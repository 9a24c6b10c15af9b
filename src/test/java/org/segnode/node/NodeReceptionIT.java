package org.segnode.node;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.segnode.ledger.Job;
import org.segnode.ledger.JobState;
import org.segnode.ledger.Ledger;
import org.segnode.ledger.Outcome;
import org.segnode.ledger.SeriesRow;
import org.segnode.pacs.RemoteAe;
import org.segnode.peers.Mode;
import org.segnode.peers.Storescp;
import org.segnode.peers.Storescu;
import org.segnode.peers.SyntheticSeries;

/** Series of several associations at once, received by a real node, sent and taken by DCMTK. */
class NodeReceptionIT {
    private static final int ASSOCIATIONS = 4;
    private static final int SLICES = 100;
    private static final String EVERY = "- {name: all, models: [box], every: true, when: {slices: 2..}}";

    @TempDir
    Path folder;

    @BeforeEach
    void peers() {
        Mode.PROCESS.require("storescu", "storescp");
    }

    @Test
    void instancesOfTwoSeriesInterleavedOverFourAssociationsAreOneJobEachAndNoSliceIsLost() throws Exception {
        SyntheticSeries first = new SyntheticSeries("1.2.826.0.1.3680043.10.9.1", SLICES, 64);
        SyntheticSeries second = new SyntheticSeries("1.2.826.0.1.3680043.10.9.2", SLICES, 48);
        List<List<Path>> batches =
                interleaved(first.write(folder.resolve("first")), second.write(folder.resolve("second")));

        try (Storescp pacs = Storescp.start(Mode.PROCESS, "PACS", folder.resolve("pacs"))) {
            NodeFolder files = NodeFolder.make(folder.resolve("node"), 0, 0, EVERY, List.of(pacs.remote()));
            try (Node node = new Node(files.settings(), BoxWorker::start, Clock.systemUTC())) {
                node.start();
                sendAtOnce(batches, new RemoteAe(NodeFolder.AET, "127.0.0.1", node.dicomPort()));
                await().atMost(60, SECONDS).until(() -> pacs.received().size() == 2);
            }
            for (SyntheticSeries series : List.of(first, second)) {
                assertOneJobWithAllSlices(files, series);
            }
            assertThat(pacs.received()).hasSize(2);
        }
    }

    private static void assertOneJobWithAllSlices(NodeFolder files, SyntheticSeries sent) {
        List<SeriesRow> rows = files.series(sent.studyInstanceUid());
        assertThat(rows).hasSize(1);
        SeriesRow row = rows.get(0);
        assertThat(row.outcome()).contains(Outcome.QUEUED);
        assertThat(row.instances()).isEqualTo(SLICES);
        assertThat(files.spool().files(row.seriesKey())).hasSize(SLICES);
        try (Ledger ledger = files.ledger()) {
            assertThat(ledger.jobs().ofSeries(row.seriesKey()))
                    .extracting(Job::state)
                    .containsExactly(JobState.COMPLETE);
        }
    }

    /** Each batch holds slices of both series in turn; neighbouring slices go over different associations. */
    private static List<List<Path>> interleaved(List<Path> first, List<Path> second) {
        List<List<Path>> batches = new ArrayList<>();
        for (int association = 0; association < ASSOCIATIONS; association++) {
            List<Path> batch = new ArrayList<>();
            for (int n = association; n < SLICES; n += ASSOCIATIONS) {
                batch.add(first.get(n));
                batch.add(second.get(SLICES - 1 - n));
            }
            batches.add(batch);
        }
        return batches;
    }

    private void sendAtOnce(List<List<Path>> batches, RemoteAe node) {
        Storescu scu = new Storescu(Mode.PROCESS, "MODALITY", folder);
        List<CompletableFuture<Integer>> senders = batches.stream()
                .map(batch -> CompletableFuture.supplyAsync(() -> {
                    try {
                        return scu.send(node, batch).exitCode();
                    } catch (InterruptedException e) {
                        throw new IllegalStateException(e);
                    }
                }))
                .toList();
        assertThat(senders).allSatisfy(sender -> assertThat(sender.join()).isZero());
    }
}
