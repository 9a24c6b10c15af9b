package org.segnode.node;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.segnode.UnusableSeriesException;
import org.segnode.dicom.ObjectHeader;
import org.segnode.pacs.RemoteAe;
import org.segnode.peers.FreePort;
import org.segnode.peers.Mode;
import org.segnode.peers.Orthanc;
import org.segnode.peers.PythonTool;
import org.segnode.peers.Storescp;
import org.segnode.peers.Storescu;

/** A real series in by C-STORE, a real model, the result at two real destinations and judged by independent checkers. */
class NodeSegmentationIT {
    private static final List<String> SAMPLES = List.of("006", "251");
    private static final Path REFERENCE =
            Path.of("src/test/resources/reference/3d-folds01").toAbsolutePath();
    private static final String RULE = "- {name: hippocampus, models: [hippocampus-3d], when: {modality: MR}}";

    /** Of a label against nnU-Net's own prediction for the same case. */
    private static final String LEAST_DICE = "0.99";

    @TempDir
    Path folder;

    @BeforeEach
    void peers() {
        Mode.PROCESS.require("storescu", "storescp", "dcmconv", "Orthanc", "dciodvfy");
    }

    @Test
    void twoSeriesComeBackToBothDestinationsAsTheSegmentationsNnUNetItselfMakes() throws Exception {
        int port = FreePort.next();
        RemoteAe self = new RemoteAe(NodeFolder.AET, "127.0.0.1", port);
        try (LogLines log = new LogLines();
                Storescp storescp = Storescp.start(Mode.PROCESS, "STORESCP", folder.resolve("storescp"));
                Orthanc orthanc = Orthanc.start(
                        Mode.PROCESS, "ORTHANC", Files.createDirectories(folder.resolve("orthanc")), List.of(self))) {
            NodeFolder files =
                    NodeFolder.make(folder.resolve("node"), port, 0, RULE, List.of(storescp.remote(), orthanc.dicom()));
            try (Node node = new Node(files.settings())) {
                node.start();
                Storescu scu = new Storescu(Mode.PROCESS, "MODALITY", folder);
                for (String sample : SAMPLES) {
                    assertThat(scu.send(self, List.of(series(sample))).exitCode())
                            .isZero();
                }
                await().atMost(120, SECONDS).until(() -> storescp.received().size() == 2);
                await().atMost(30, SECONDS).until(() -> orthanc.instances().size() == 2);
                assertMetrics(node);
            }
            try (Stream<Path> results = Files.walk(files.settings().data().results())) {
                for (Path result :
                        results.filter(file -> file.toString().endsWith(".dcm")).toList()) {
                    assertThat(findings(result)).isEmpty();
                }
            }
            for (Path received : storescp.received()) {
                assertThat(findings(inflated(received))).allMatch(NodeSegmentationIT::isOfTheReceiver);
            }
            for (String instance : orthanc.instances()) {
                Path received = Files.write(folder.resolve(instance + ".dcm"), orthanc.file(instance));
                assertThat(findings(inflated(received))).allMatch(NodeSegmentationIT::isOfTheReceiver);
            }
            assertThat(log.lines()).isNotEmpty().noneMatch(NodeSegmentationIT::namesAPatient);
        }
    }

    private static void assertMetrics(Node node) throws IOException, InterruptedException {
        URI uri = URI.create("http://127.0.0.1:" + node.webPort() + "/metrics");
        String metrics = HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString())
                .body();
        assertThat(metrics)
                .contains("segnode_objects_received_total 62.0")
                .contains("segnode_series{state=\"queued\"} 2.0")
                .contains("segnode_jobs{state=\"failed\"} 0.0")
                .contains("segnode_queue_depth 0.0");
    }

    /** Compared with the series and nnU-Net's prediction of the sample that the segmentation is of; and by dciodvfy. */
    private List<String> findings(Path seg) throws Exception {
        String sample = sampleOf(seg);
        Storescu.Result result = PythonTool.run(
                folder,
                "segcheck.py",
                seg.toString(),
                "--source",
                series(sample).toString(),
                "--expect",
                REFERENCE.resolve("hippocampus_" + sample + ".nii.gz").toString(),
                "--min-dice",
                LEAST_DICE);
        assertThat(result.output()).contains("voxels of segment 1", "voxels of segment 2");
        return Stream.concat(
                        result.output().lines().filter(line -> line.startsWith("FAIL")),
                        dciodvfy(seg).stream().filter(line -> line.startsWith("Error")))
                .toList();
    }

    /** dciodvfy does not read the deflated objects that these peers took. */
    private Path inflated(Path received) throws IOException, InterruptedException {
        Path plain = Files.createTempFile(folder, "inflated", ".dcm");
        Process process = new ProcessBuilder("dcmconv", "+te", received.toString(), plain.toString())
                .inheritIO()
                .start();
        assertThat(process.waitFor()).isZero();
        return plain;
    }

    /** File meta information is written by whoever stores the object. */
    private static boolean isOfTheReceiver(String finding) {
        return finding.contains("(0002,");
    }

    private static String sampleOf(Path seg) throws UnusableSeriesException {
        String study = ObjectHeader.readComplete(seg).studyInstanceUid();
        for (String sample : SAMPLES) {
            if (ObjectHeader.readComplete(series(sample).resolve("0001.dcm"))
                    .studyInstanceUid()
                    .equals(study)) {
                return sample;
            }
        }
        throw new AssertionError("a result of an unknown study: " + study);
    }

    private List<String> dciodvfy(Path seg) throws IOException {
        Process process = new ProcessBuilder("dciodvfy", seg.toString())
                .redirectErrorStream(true)
                .start();
        return process.inputReader().lines().toList();
    }

    private static Path series(String sample) {
        return Path.of("dicom-samples", "case-" + sample, "series").toAbsolutePath();
    }

    /** Names and numbers of the samples' made-up persons. */
    private static boolean namesAPatient(String line) {
        return line.contains("Ada") || line.contains("Boris") || line.contains("SEGNODE-SAMPLE");
    }
}
