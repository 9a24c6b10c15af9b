package org.segnode.node;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.segnode.dicom.ObjectHeader;
import org.segnode.ledger.Delivery;
import org.segnode.ledger.DeliveryKind;
import org.segnode.ledger.DeliveryState;
import org.segnode.ledger.JobState;
import org.segnode.pacs.RemoteAe;
import org.segnode.pacs.StorageScu;
import org.segnode.peers.FreePort;
import org.segnode.peers.Mode;
import org.segnode.peers.Orthanc;
import org.segnode.peers.SyntheticSeries;

/**
 * Orthanc commits to results, to the note that rejects what a late slice has made stale, and to what tells of a refusal; and
 * dciodvfy finds no error in any of them.
 */
class DeliveryToOrthancIT {
    private static final String ROOT = "1.2.826.0.1.3680043.10.9.8.";
    private static final String BOXES = "- {name: all, models: [box], every: true}";
    private static final String TERMS =
            "commitment: new-association, commitment-timeout: 30s, on-replace: reject-quality,"
                    + " send-refusals: [sr, sc]";
    private static final String SEG = "1.2.840.10008.5.1.4.1.1.66.4";
    private static final String KEY_OBJECTS = "1.2.840.10008.5.1.4.1.1.88.59";
    private static final String BASIC_TEXT_SR = "1.2.840.10008.5.1.4.1.1.88.11";
    private static final String SECONDARY_CAPTURE = "1.2.840.10008.5.1.4.1.1.7";

    @TempDir
    Path folder;

    @SuppressWarnings("NullAway.Init") // set where a test starts it
    private Node node;

    @BeforeEach
    void peers() {
        Mode.PROCESS.require("Orthanc", "dciodvfy");
    }

    @Test
    void commitsToResultsRejectionsAndRefusals() throws Exception {
        int port = FreePort.next();
        RemoteAe self = new RemoteAe(NodeFolder.AET, "127.0.0.1", port);
        try (Orthanc orthanc = Orthanc.start(
                Mode.PROCESS, "ORTHANC", Files.createDirectories(folder.resolve("orthanc")), List.of(self))) {
            NodeFolder files = NodeFolder.make(folder.resolve("node"), port, 0, BOXES, List.of(orthanc.dicom()))
                    .terms(TERMS);
            try (Node started = new Node(files.settings(), BoxWorker::start, Clock.systemUTC())) {
                node = started;
                node.start();
                resultIsReplacedByThatOfALateSlice();
                refusalIsTold();
                List<Delivery> committed = node.ledger().deliveries().in(DeliveryState.COMMITTED);
                assertThat(committed)
                        .extracting(Delivery::kind)
                        .containsExactlyInAnyOrder(
                                DeliveryKind.RESULT,
                                DeliveryKind.RESULT,
                                DeliveryKind.REJECTION,
                                DeliveryKind.REFUSAL,
                                DeliveryKind.REFUSAL);
                assertStored(orthanc, committed);
                for (Delivery delivery : committed) {
                    Path file = files.settings()
                            .data()
                            .results()
                            .resolve(delivery.result().file());
                    assertThat(errors(file)).as(delivery.toString()).isEmpty();
                }
            }
        }
    }

    private void resultIsReplacedByThatOfALateSlice() throws Exception {
        List<Path> slices = new SyntheticSeries(ROOT + "1", 12, 32).write(folder.resolve("late"));
        send(slices.subList(0, 11));
        await().atMost(90, SECONDS).until(() -> node.ledger().jobs().counts().getOrDefault(JobState.COMPLETE, 0L) == 1);
        send(slices.subList(11, 12));
        await().atMost(90, SECONDS).until(() -> count(DeliveryState.COMMITTED) == 3);
    }

    private void refusalIsTold() throws Exception {
        List<Path> slices = new ArrayList<>(new SyntheticSeries(ROOT + "2", 12, 32).write(folder.resolve("gap")));
        slices.subList(3, 9).clear();
        send(slices);
        await().atMost(90, SECONDS).until(() -> count(DeliveryState.COMMITTED) == 5);
    }

    private long count(DeliveryState state) {
        return node.ledger().deliveries().counts().getOrDefault(state, 0L);
    }

    private void send(List<Path> objects) throws Exception {
        new StorageScu("MODALITY").send(new RemoteAe(NodeFolder.AET, "127.0.0.1", node.dicomPort()), objects);
    }

    private void assertStored(Orthanc orthanc, List<Delivery> committed) throws Exception {
        List<String> classes = new ArrayList<>();
        List<String> uids = new ArrayList<>();
        for (String instance : orthanc.instances()) {
            Path file = Files.write(folder.resolve(instance + ".dcm"), orthanc.file(instance));
            ObjectHeader header = ObjectHeader.readComplete(file);
            classes.add(header.sopClassUid());
            uids.add(header.sopInstanceUid());
        }
        assertThat(classes).containsExactlyInAnyOrder(SEG, SEG, KEY_OBJECTS, BASIC_TEXT_SR, SECONDARY_CAPTURE);
        Set<String> sent =
                committed.stream().map(one -> one.result().sopInstanceUid()).collect(Collectors.toSet());
        assertThat(uids).containsExactlyInAnyOrderElementsOf(sent);
    }

    /** Of the file as it was written: dciodvfy does not read the deflated transfer syntax that Orthanc keeps. */
    private List<String> errors(Path file) throws Exception {
        Path output = Files.createTempFile(folder, "dciodvfy", ".txt");
        Process process = new ProcessBuilder("dciodvfy", file.toString())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        assertThat(process.waitFor(60, SECONDS)).isTrue();
        return Files.readString(output, StandardCharsets.ISO_8859_1)
                .lines()
                .filter(line -> line.startsWith("Error") && !line.contains("(0002,"))
                .toList();
    }
}
