package org.segnode.node;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.segnode.dicom.ObjectHeader;
import org.segnode.ledger.Delivery;
import org.segnode.ledger.DeliveryState;
import org.segnode.ledger.Job;
import org.segnode.ledger.JobState;
import org.segnode.ledger.Ledger;
import org.segnode.ledger.SeriesRow;
import org.segnode.pacs.RemoteAe;
import org.segnode.pacs.Spool;
import org.segnode.peers.FreePort;
import org.segnode.peers.Mode;
import org.segnode.peers.Program;
import org.segnode.peers.Storescp;
import org.segnode.peers.Storescu;
import org.segnode.peers.SyntheticSeries;

/** {@code kill -9} of the node, in the middle of each stage: afterwards every series ends as exactly one result. */
class KillIT {
    private static final String ROOT = "1.2.826.0.1.3680043.10.9.";
    private static final String BOXES = "- {name: all, models: [box], every: true}";
    private static final String MODEL = "- {name: all, models: [hippocampus-3d]}";
    private static final Path SAMPLE = Path.of("dicom-samples/case-251/series").toAbsolutePath();

    @TempDir
    Path folder;

    @BeforeEach
    void peers() {
        Mode.PROCESS.require("storescu", "storescp");
    }

    @Test
    void duringReception() throws Exception {
        SyntheticSeries complete = new SyntheticSeries(ROOT + "31", 20, 64);
        complete.write(folder.resolve("complete"));
        SyntheticSeries broken = new SyntheticSeries(ROOT + "32", 400, 128);
        broken.write(folder.resolve("broken"));
        try (Storescp pacs = pacs()) {
            NodeFolder files = node(BOXES, pacs).quiet("15s");
            try (NodeProcess node = NodeProcess.runWithBoxes(files)) {
                assertThat(send(files, "complete").exitCode()).isZero();
                Program sender = scu().start(self(files), List.of(folder.resolve("broken")));
                await().pollInterval(5, MILLISECONDS).atMost(60, SECONDS).until(() -> objects(files, broken) > 20);
                node.kill();
                sender.close();
            }
            assertThat(objects(files, broken)).as("killed in the middle").isBetween(20, 399);
            try (NodeProcess node = NodeProcess.runWithBoxes(files)) {
                assertThat(send(files, "broken").exitCode())
                        .as("sent again, as modalities do")
                        .isZero();
                awaitResults(pacs, 2);
            }
            assertOneResult(files, pacs, complete.studyInstanceUid(), 20);
            assertOneResult(files, pacs, broken.studyInstanceUid(), 400);
        }
    }

    @Test
    void duringInference() throws Exception {
        try (Storescp pacs = pacs()) {
            NodeFolder files = node(MODEL, pacs);
            String log;
            try (NodeProcess node = NodeProcess.run(files)) {
                assertThat(scu().send(self(files), List.of(SAMPLE)).exitCode()).isZero();
                node.awaitLog("model hippocampus-3d: loaded in"); // the network computes from now on
                node.kill();
                log = node.log();
            }
            assertThat(pacs.received()).isEmpty();
            assertThat(log).doesNotContain("TAKEN");
            try (NodeProcess node = NodeProcess.run(files)) {
                awaitResults(pacs, 1);
                assertThat(node.stop())
                        .as("exit code after a kill that may be answered")
                        .isEqualTo(143);
                log += node.log();
            }
            assertThat(log).doesNotContain("Boris", "SEGNODE-SAMPLE");
            assertOneResult(
                    files,
                    pacs,
                    ObjectHeader.readComplete(SAMPLE.resolve("0001.dcm")).studyInstanceUid(),
                    28);
        }
    }

    @Test
    void duringSending() throws Exception {
        SyntheticSeries series = new SyntheticSeries(ROOT + "33", 20, 64);
        series.write(folder.resolve("series"));
        try (Storescp pacs = pacs("--sleep-after", "3")) {
            NodeFolder files = node(BOXES, pacs);
            try (NodeProcess node = NodeProcess.runWithBoxes(files)) {
                assertThat(send(files, "series").exitCode()).isZero();
                await().pollInterval(20, MILLISECONDS)
                        .atMost(60, SECONDS)
                        .until(() -> !pacs.received().isEmpty());
                node.kill();
                assertThat(node.log()).as("the answer has not come").doesNotContain("accepted by");
            }
            try (NodeProcess node = NodeProcess.runWithBoxes(files)) {
                node.awaitLog("accepted by");
            }
            assertThat(pacs.output().split("Received Store Request", -1))
                    .as("sent twice")
                    .hasSize(3);
            assertOneResult(files, pacs, series.studyInstanceUid(), 20);
        }
    }

    private void assertOneResult(NodeFolder files, Storescp pacs, String study, int objects) throws Exception {
        List<SeriesRow> rows = files.series(study);
        assertThat(rows).hasSize(1);
        assertThat(files.spool().files(rows.get(0).seriesKey())).hasSize(objects);
        try (Ledger ledger = files.ledger()) {
            List<Job> jobs = ledger.jobs().ofSeries(rows.get(0).seriesKey()).stream()
                    .filter(job -> job.state() != JobState.SUPERSEDED)
                    .toList();
            assertThat(jobs).extracting(Job::state).containsExactly(JobState.COMPLETE);
            assertThat(ledger.deliveries().ofJob(jobs.get(0).id()))
                    .extracting(Delivery::state)
                    .containsExactly(DeliveryState.ACCEPTED);
        }
        List<String> studies = new ArrayList<>();
        for (Path received : pacs.received()) {
            studies.add(ObjectHeader.readComplete(received).studyInstanceUid());
        }
        assertThat(studies).containsOnlyOnce(study);
    }

    private static int objects(NodeFolder files, SyntheticSeries series) {
        String key = Spool.seriesKey(series.studyInstanceUid(), series.seriesInstanceUid());
        return files.spool().files(key).size();
    }

    private static void awaitResults(Storescp pacs, int results) {
        await().atMost(120, SECONDS).until(() -> pacs.received().size() >= results);
        await().pollDelay(2, SECONDS).until(() -> true); // whatever comes too much, comes now
    }

    private Storescp pacs(String... options) throws Exception {
        return Storescp.start(Mode.PROCESS, "PACS", folder.resolve("pacs"), options);
    }

    private NodeFolder node(String rules, Storescp pacs) throws Exception {
        return NodeFolder.make(folder.resolve("node"), FreePort.next(), 0, rules, List.of(pacs.remote()));
    }

    private Storescu scu() {
        return new Storescu(Mode.PROCESS, "MODALITY", folder);
    }

    private Storescu.Result send(NodeFolder files, String name) throws InterruptedException {
        return scu().send(self(files), List.of(folder.resolve(name)));
    }

    private static RemoteAe self(NodeFolder files) {
        return new RemoteAe(NodeFolder.AET, "127.0.0.1", files.settings().node().port());
    }
}
