package org.segnode.node;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.segnode.ledger.DeliveryState;
import org.segnode.ledger.JobState;
import org.segnode.ledger.Ledger;
import org.segnode.pacs.RemoteAe;
import org.segnode.pacs.StorageScu;
import org.segnode.peers.FreePort;
import org.segnode.peers.ResultPacs;
import org.segnode.peers.SyntheticSeries;

/** {@code kill -9} between the steps of a storage commitment: the next process gets it, and the result lies there once. */
class CommitmentKillIT {
    private static final String BOXES = "- {name: all, models: [box], every: true}";

    @TempDir
    Path folder;

    /** The line of the log after which the node is killed. */
    @ParameterizedTest(name = "after \"{0}\"")
    @ValueSource(strings = {"accepted by PACS", "is asked to commit", "committed by PACS"})
    void theResultIsCommittedOnce(String step) throws Exception {
        int port = FreePort.next();
        try (ResultPacs pacs = ResultPacs.start(
                "PACS",
                folder.resolve("pacs"),
                "--commit",
                "new",
                "--commit-to",
                "127.0.0.1:" + port,
                "--commit-delay",
                "1")) {
            NodeFolder files = NodeFolder.make(folder.resolve("node"), port, 0, BOXES, List.of(pacs.remote()))
                    .terms("commitment: new-association, commitment-timeout: 3s");
            try (NodeProcess node = NodeProcess.runWithBoxes(files)) {
                new StorageScu("MODALITY")
                        .send(
                                new RemoteAe(NodeFolder.AET, "127.0.0.1", port),
                                new SyntheticSeries("1.2.826.0.1.3680043.10.9.81", 12, 32)
                                        .write(folder.resolve("series")));
                node.awaitLog(step);
                node.kill();
            }
            try (NodeProcess node = NodeProcess.runWithBoxes(files)) {
                if (!step.startsWith("committed")) {
                    node.awaitLog("committed by PACS");
                }
                await().atMost(30, SECONDS).until(() -> pacs.received().size() == 1);
            }
            try (Ledger ledger = files.ledger()) {
                assertThat(ledger.jobs().counts()).containsEntry(JobState.COMPLETE, 1L);
                assertThat(ledger.deliveries().counts()).containsEntry(DeliveryState.COMMITTED, 1L);
            }
        }
    }
}
