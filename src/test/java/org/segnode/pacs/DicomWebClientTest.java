package org.segnode.pacs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.segnode.TemporaryException;
import org.segnode.peers.FreePort;
import org.segnode.peers.SyntheticSeries;

/** DICOMweb servers that behave well and oddly. */
@Timeout(60)
class DicomWebClientTest {
    private static final WebTimeouts IMPATIENT =
            new WebTimeouts(Duration.ofSeconds(5), Duration.ofSeconds(5), Duration.ofMillis(600));
    private static final String STUDY = "{\"0020000D\":{\"vr\":\"UI\",\"Value\":[\"%s\"]},"
            + "\"00100010\":{\"vr\":\"PN\",\"Value\":[{\"Alphabetic\":\"Nobody\"}]},"
            + "\"00201208\":{\"vr\":\"IS\",\"Value\":[176]}}";

    @TempDir
    Path folder;

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final CountDownLatch over = new CountDownLatch(1);
    private final List<String> asked = new ArrayList<>();
    private HttpServer server;
    private Conduct conduct = exchange -> answer(exchange, 204, "");

    private interface Conduct {
        void answer(HttpExchange exchange) throws IOException;
    }

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 5);
        server.setExecutor(threads);
        server.createContext("/dicom-web", exchange -> {
            try (exchange) {
                asked.add(exchange.getRequestMethod() + " " + exchange.getRequestURI());
                conduct.answer(exchange);
            }
        });
        server.start();
    }

    @AfterEach
    void stop() {
        over.countDown();
        server.stop(0);
        threads.shutdownNow();
    }

    private static void answer(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        try (OutputStream out = exchange.getResponseBody()) {
            out.write(bytes);
        }
    }

    private DicomWebClient client() {
        URI root = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/dicom-web/");
        return new DicomWebClient(root, Optional.empty(), () -> Optional.of("Bearer secret"), IMPATIENT, 2);
    }

    private void assertTemporary(String words) {
        assertThatThrownBy(() -> client().find(Query.studies()))
                .isInstanceOf(TemporaryException.class)
                .hasMessageContaining(words);
    }

    @Test
    void studiesAreAskedForAndRead() throws Exception {
        List<String> tokens = new ArrayList<>();
        conduct = exchange -> {
            tokens.add(exchange.getRequestHeaders().getFirst("Authorization"));
            answer(exchange, 200, "[" + STUDY.formatted("1.2.3") + "]");
        };
        Matches matches =
                client().find(Query.studies().with("PatientID", "A B*").with("PatientName", ""));
        assertThat(matches.found()).singleElement().satisfies(match -> {
            assertThat(match.uid()).isEqualTo("1.2.3");
            assertThat(match.value("PatientName")).isEqualTo("Nobody");
            assertThat(match.count("NumberOfStudyRelatedInstances")).hasValue(176);
        });
        assertThat(matches.all()).isTrue();
        assertThat(tokens).containsExactly("Bearer secret");
        assertThat(asked.get(0)).startsWith("GET /dicom-web/studies?limit=3").contains("PatientID=A+B*");
    }

    @Test
    void seriesAndInstancesLieBelowTheirStudy() throws Exception {
        assertThat(client().find(Query.seriesOf("1.2")).found()).isEmpty();
        assertThat(client().find(Query.instancesOf("1.2", "1.2.3")).found()).isEmpty();
        assertThat(asked.get(0)).startsWith("GET /dicom-web/studies/1.2/series?");
        assertThat(asked.get(1)).startsWith("GET /dicom-web/studies/1.2/series/1.2.3/instances?");
    }

    @Test
    void moreAnswersThanAreTakenAndAnswersWithoutUidAreSaid() throws Exception {
        conduct = exchange -> answer(
                exchange,
                200,
                "[" + STUDY.formatted("../x") + "," + STUDY.formatted("1.2") + "," + STUDY.formatted("1.3") + "]");
        Matches matches = client().find(Query.studies());
        assertThat(matches.found()).extracting(Match::uid).containsExactly("1.2");
        assertThat(matches.all()).isFalse();
        assertThat(matches.unusable()).isEqualTo(1);
    }

    @Test
    void anErrorForGoodIsARefusalAndOneForNowIsNot() {
        conduct = exchange -> answer(exchange, 401, "who are you?");
        assertThatThrownBy(() -> client().find(Query.studies()))
                .isInstanceOf(RefusedByPeerException.class)
                .hasMessageContaining("status 401: who are you?");
        conduct = exchange -> answer(exchange, 302, "");
        assertThatThrownBy(() -> client().find(Query.studies())).isInstanceOf(RefusedByPeerException.class);
        conduct = exchange -> answer(exchange, 503, "");
        assertTemporary("status 503");
    }

    @Test
    void garbageStallsAndAbsenceAreTemporary() {
        conduct = exchange -> answer(exchange, 200, "<html>");
        assertTemporary("does not answer as it should");
        conduct = exchange -> {
            exchange.sendResponseHeaders(200, 0);
            exchange.getResponseBody().write('[');
            exchange.getResponseBody().flush();
            hold();
        };
        assertTemporary("nothing came for 600 ms");
        URI nobody = URI.create("http://127.0.0.1:" + FreePort.next());
        DicomWebClient client = new DicomWebClient(nobody, Optional.empty(), Optional::empty, IMPATIENT, 2);
        assertThatThrownBy(() -> client.find(Query.studies())).isInstanceOf(TemporaryException.class);
    }

    @Test
    void anEndlessAnswerIsCutOff() {
        conduct = exchange -> {
            exchange.sendResponseHeaders(200, 0);
            byte[] block = "        ".repeat(8192).getBytes(StandardCharsets.US_ASCII);
            while (over.getCount() > 0) {
                exchange.getResponseBody().write(block);
            }
        };
        assertTemporary("more than 64 MiB");
    }

    @Test
    void objectsComeAsFilesByteByByte() throws Exception {
        List<Path> files = new SyntheticSeries("2.25.88", 3, 33).write(folder.resolve("sent"));
        conduct = exchange -> {
            exchange.getResponseHeaders()
                    .add("Content-Type", "multipart/related; type=\"application/dicom\"; boundary=\"b1\"");
            exchange.sendResponseHeaders(200, 0);
            OutputStream out = exchange.getResponseBody();
            for (Path file : files) {
                out.write("--b1\r\nContent-Type: application/dicom\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
                out.write(Files.readAllBytes(file));
                out.write("\r\n".getBytes(StandardCharsets.US_ASCII));
            }
            out.write("--b1--\r\n".getBytes(StandardCharsets.US_ASCII));
        };
        List<byte[]> came = new ArrayList<>();
        assertThat(client().fetch(Retrieval.study("2.25.88.1"), file -> came.add(file.readAllBytes())))
                .isEqualTo(3);
        for (int n = 0; n < 3; n++) {
            assertThat(came.get(n)).isEqualTo(Files.readAllBytes(files.get(n)));
        }
        assertThat(asked).containsExactly("GET /dicom-web/studies/2.25.88.1");
    }

    @Test
    void aMessageThatBreaksOffIsTemporary() {
        conduct = exchange -> {
            exchange.getResponseHeaders().add("Content-Type", "multipart/related; boundary=b1");
            answer(exchange, 200, "--b1\r\n\r\nhalf");
        };
        assertThatThrownBy(() -> client().fetch(Retrieval.study("1.2"), file -> file.readAllBytes()))
                .isInstanceOf(TemporaryException.class)
                .hasMessageContaining("ends before its last boundary");
        conduct = exchange -> answer(exchange, 200, "no multipart");
        assertThatThrownBy(() -> client().fetch(Retrieval.study("1.2"), file -> file.readAllBytes()))
                .isInstanceOf(TemporaryException.class)
                .hasMessageContaining("no multipart message");
    }

    @Test
    void filesAreStoredInOneMessageAndARefusalIsNamed() throws Exception {
        List<Path> files = new SyntheticSeries("2.25.89", 2, 33).write(folder.resolve("sent"));
        List<Integer> sizes = new ArrayList<>();
        conduct = exchange -> {
            String type = exchange.getRequestHeaders().getFirst("Content-Type");
            MultipartReader parts = new MultipartReader(
                    exchange.getRequestBody(),
                    MultipartReader.parameter(type, "boundary").orElseThrow());
            for (Optional<MultipartReader.Part> part = parts.next(); part.isPresent(); part = parts.next()) {
                sizes.add(part.get().body().readAllBytes().length);
            }
            answer(exchange, 200, "{\"00081199\":{\"vr\":\"SQ\",\"Value\":[]}}");
        };
        client().store(files);
        assertThat(sizes).containsExactly((int) Files.size(files.get(0)), (int) Files.size(files.get(1)));
        assertThat(asked).containsExactly("POST /dicom-web/studies");

        conduct = exchange -> {
            exchange.getRequestBody().readAllBytes();
            answer(
                    exchange,
                    409,
                    "{\"00081198\":{\"vr\":\"SQ\",\"Value\":[{\"00081155\":{\"vr\":\"UI\",\"Value\":"
                            + "[\"2.25.89.1.1.1\"]},\"00081197\":{\"vr\":\"US\",\"Value\":[290]}}]}}");
        };
        assertThatThrownBy(() -> client().store(files))
                .isInstanceOf(RefusedByPeerException.class)
                .hasMessageContaining("refuses 1 objects, 2.25.89.1.1.1 with reason 0122");
    }

    private void hold() {
        try {
            over.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
