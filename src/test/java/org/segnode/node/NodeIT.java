package org.segnode.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.segnode.TemporaryException;
import org.segnode.pacs.RemoteAe;
import org.segnode.pacs.StorageScu;
import org.segnode.peers.SyntheticSeries;

/** A node starts, says so, and stops. */
class NodeIT {
    private static final Duration SECONDS_TO_STOP = Duration.ofSeconds(10);

    @TempDir
    Path folder;

    @Test
    void answersWhenItIsReadyAndStopsWithinSeconds() throws Exception {
        NodeFolder files = NodeFolder.make(folder, 0, 0, "[]", List.of());
        Node node = new Node(files.settings(), BoxWorker::start, Clock.systemUTC());
        node.start();

        assertThat(node.ready()).isTrue();
        new StorageScu("TESTER").echo(self(node));
        assertThat(get(node, "/readyz").statusCode()).isEqualTo(200);
        assertThat(get(node, "/readyz").body())
                .contains("\"database\":\"ok\"", "\"routes\":\"ok\"", "\"worker\":\"ok\"", "\"disk\":\"ok\"");

        Instant begin = Instant.now();
        node.close();

        assertThat(Duration.between(begin, Instant.now())).isLessThan(SECONDS_TO_STOP);
        assertThat(node.ready()).isFalse();
        assertThatThrownBy(() -> new StorageScu("TESTER").echo(self(node))).isInstanceOf(TemporaryException.class);
    }

    @Test
    void startsAgainOnTheSameFolder() throws Exception {
        NodeFolder files = NodeFolder.make(folder, 0, 0, "[]", List.of());
        for (int times = 0; times < 2; times++) {
            try (Node node = new Node(files.settings(), BoxWorker::start, Clock.systemUTC())) {
                node.start();
                assertThat(node.ready()).isTrue();
            }
        }
    }

    @Test
    void aSecondNodeOnTheSameFolderDoesNotStartAndTheFirstGoesOn() throws Exception {
        NodeFolder files = NodeFolder.make(folder, 0, 0, "[]", List.of());
        try (Node first = new Node(files.settings(), BoxWorker::start, Clock.systemUTC())) {
            first.start();

            assertThatThrownBy(() -> NodeProcess.runWithBoxes(files))
                    .hasMessageContaining("the node has ended")
                    .hasMessageContaining("TemporaryException");

            assertThat(first.ready()).isTrue();
        }
    }

    @Test
    void aTakenPortIsNamed() throws Exception {
        try (ServerSocket taken = new ServerSocket(0)) {
            NodeFolder files = NodeFolder.make(folder, taken.getLocalPort(), 0, "[]", List.of());
            try (Node node = new Node(files.settings(), BoxWorker::start, Clock.systemUTC())) {
                assertThatThrownBy(node::start)
                        .isInstanceOf(TemporaryException.class)
                        .hasMessageContaining(Integer.toString(taken.getLocalPort()));
            }
        }
    }

    @Test
    void whereTheDiskIsFullAssociationsAreRejectedForNowAndReadinessSaysSo() throws Exception {
        NodeFolder files = NodeFolder.make(folder, 0, 0, "[]", List.of());
        Files.writeString(
                files.settingsFile(),
                Files.readString(files.settingsFile()).replace("reserve: 1MB", "reserve: 1000000TB"));
        List<Path> objects = new SyntheticSeries("1.2.826.0.1.3680043.10.9.41", 1, 16).write(folder.resolve("series"));
        try (Node node = new Node(files.settings(), BoxWorker::start, Clock.systemUTC())) {
            node.start();

            assertThatThrownBy(() -> new StorageScu("TESTER").send(self(node), objects))
                    .isInstanceOf(TemporaryException.class)
                    .hasMessageContaining("rejected-transient")
                    .hasMessageContaining("temporary-congestion");

            assertThat(files.spool().seriesKeys()).isEmpty();
            assertThat(get(node, "/readyz").statusCode()).isEqualTo(503);
            assertThat(get(node, "/readyz").body()).contains("are kept free: objects are refused");
            assertThat(get(node, "/healthz").statusCode()).isEqualTo(200);
        }
    }

    private static RemoteAe self(Node node) {
        return new RemoteAe(NodeFolder.AET, "127.0.0.1", node.dicomPort());
    }

    private static HttpResponse<String> get(Node node, String path) throws IOException, InterruptedException {
        URI uri = URI.create("http://127.0.0.1:" + node.webPort() + path);
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
    }
}
