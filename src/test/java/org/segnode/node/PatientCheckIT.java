package org.segnode.node;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import org.aoju.bus.image.Tag;
import org.aoju.bus.image.galaxy.data.Attributes;
import org.aoju.bus.image.galaxy.data.VR;
import org.aoju.bus.image.galaxy.io.ImageInputStream;
import org.aoju.bus.image.galaxy.io.ImageOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.segnode.ledger.Delivery;
import org.segnode.ledger.DeliveryState;
import org.segnode.ledger.JobState;
import org.segnode.pacs.RemoteAe;
import org.segnode.pacs.StorageScu;
import org.segnode.peers.ResultPacs;
import org.segnode.peers.SyntheticSeries;

/** A patient that was merged, or an accession number that was corrected, since the images came holds the result back. */
class PatientCheckIT {
    private static final String BOXES = "- {name: all, models: [box], every: true}";
    private static final SyntheticSeries SERIES = new SyntheticSeries("1.2.826.0.1.3680043.10.9.82", 12, 32);

    @TempDir
    Path folder;

    private interface Check {
        void check(Node node, ResultPacs pacs) throws Exception;
    }

    @Test
    void aResultWhosePatientIsStillTheSameIsSent() throws Exception {
        run(archived(Tag.PatientID, VR.LO, "MADE-UP"), (node, pacs) -> {
            await().atMost(60, SECONDS)
                    .until(() -> node.ledger().jobs().counts().getOrDefault(JobState.COMPLETE, 0L) == 1);
            assertThat(pacs.received()).hasSize(1);
        });
    }

    @Test
    void aResultWhosePatientWasMergedIsHeldWithTheReasonAndSentWhenAPersonSaysSo() throws Exception {
        run(archived(Tag.PatientID, VR.LO, "MERGED"), (node, pacs) -> {
            Delivery held = awaitHeld(node);
            assertThat(held.reason())
                    .contains("has another Patient ID for the study: patient merged or corrected?")
                    .doesNotContain("MERGED", "MADE-UP");
            assertThat(pacs.received()).isEmpty();
            assertThat(node.ledger().deliveries().requeue(held.id())).isTrue();
            awaitHeld(node);
        });
    }

    @Test
    void aResultWhoseAccessionNumberWasCorrectedIsHeld() throws Exception {
        run(
                archived(Tag.AccessionNumber, VR.SH, "A-2"),
                (node, pacs) -> assertThat(awaitHeld(node).reason()).contains("another Accession Number"));
    }

    @Test
    void aStudyThatTheArchiveDoesNotKnowYetIsAskedForAgain() throws Exception {
        run(Files.createDirectories(folder.resolve("empty")), (node, pacs) -> {
            await().atMost(60, SECONDS)
                    .until(() -> node.ledger().deliveries().in(DeliveryState.WAITING).stream()
                            .anyMatch(one -> one.attempt() > 1 && one.reason().contains("does not know the study")));
            assertThat(pacs.received()).isEmpty();
        });
    }

    private static Delivery awaitHeld(Node node) {
        await().atMost(60, SECONDS)
                .until(() -> node.ledger().deliveries().counts().getOrDefault(DeliveryState.HELD, 0L) == 1);
        return node.ledger().deliveries().in(DeliveryState.HELD).get(0);
    }

    /** An archive with one image of the study, in which one attribute is another. */
    private Path archived(int tag, VR vr, String value) throws IOException {
        Path archive = Files.createDirectories(folder.resolve("archive"));
        Path original = SERIES.write(folder.resolve("original")).get(0);
        Attributes image;
        Attributes meta;
        try (ImageInputStream in = new ImageInputStream(original.toFile())) {
            meta = in.readFileMetaInformation();
            image = in.readDataset(-1, -1);
        }
        image.setString(tag, vr, value);
        try (ImageOutputStream out =
                new ImageOutputStream(archive.resolve("1.dcm").toFile())) {
            out.writeDataset(meta, image);
        }
        return archive;
    }

    private void run(Path archive, Check check) throws Exception {
        try (ResultPacs pacs = ResultPacs.start("PACS", folder.resolve("pacs"), "--serve", archive.toString())) {
            NodeFolder files = NodeFolder.make(folder.resolve("node"), 0, 0, BOXES, List.of(pacs.remote()))
                    .terms("check-patient: true");
            String archives = "archives: [{name: pacs, aet: PACS, host: 127.0.0.1, port: %d}]\n"
                    .formatted(pacs.remote().port());
            Files.writeString(files.settingsFile(), archives + Files.readString(files.settingsFile()));
            try (Node node = new Node(files.settings(), BoxWorker::start, Clock.systemUTC())) {
                node.start();
                new StorageScu("MODALITY")
                        .send(
                                new RemoteAe(NodeFolder.AET, "127.0.0.1", node.dicomPort()),
                                SERIES.write(folder.resolve("series")));
                check.check(node, pacs);
            }
        }
    }
}
