package org.segnode.node.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.segnode.node.settings.StowSettings;
import org.segnode.pacs.FileReception;
import org.segnode.pacs.ReceivedInstance;
import org.segnode.pacs.ReceptionListener;
import org.segnode.pacs.ScpConfiguration;
import org.segnode.pacs.Spool;
import org.segnode.pacs.Tls;
import org.segnode.peers.SyntheticSeries;
import org.segnode.peers.TestKeys;

/** STOW-RS with real requests. */
@Timeout(60)
class StowServerTest {
    private static final SyntheticSeries SERIES = new SyntheticSeries("2.25.76", 3, 65);
    private static final String RELATED = "multipart/related; type=\"application/dicom\"; boundary=";
    private static final String TOKEN = "correct-horse-battery-staple";

    @TempDir
    Path folder;

    private final List<ReceivedInstance> received = new CopyOnWriteArrayList<>();
    private final List<Boolean> ended = new CopyOnWriteArrayList<>();
    private HttpClient client = HttpClient.newHttpClient();
    private Optional<String> congestion = Optional.empty();
    private String scheme = "http";

    @SuppressWarnings("NullAway.Init") // set where a test starts it
    private Spool spool;

    @SuppressWarnings("NullAway.Init") // set where a test starts it
    private StowServer server;

    private void start(Map<String, String> callers, long largest, int requests, Optional<Tls> tls) {
        spool = new Spool(folder.resolve("spool"));
        ScpConfiguration scp = ScpConfiguration.of("NODE", "127.0.0.1", 0).withMinimumFreeBytes(0);
        StowSettings settings =
                new StowSettings(OptionalInt.of(0), "127.0.0.1", tls.isPresent(), callers, "STOW", largest, requests);
        server = new StowServer(settings, tls, new FileReception(scp, spool, new Listener(), largest));
    }

    private void start() {
        start(Map.of(), 1_000_000, 2, Optional.empty());
    }

    private final class Listener implements ReceptionListener {
        @Override
        public void received(ReceivedInstance instance) {
            received.add(instance);
        }

        @Override
        public void associationEnded(long association, boolean released) {
            ended.add(released);
        }

        @Override
        public Optional<String> congestion() {
            return congestion;
        }
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private static byte[] message(List<byte[]> parts) {
        ByteArrayOutputStream message = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            message.writeBytes(
                    "\r\n--edge\r\nContent-Type: application/dicom\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            message.writeBytes(part);
        }
        message.writeBytes("\r\n--edge--".getBytes(StandardCharsets.US_ASCII));
        return message.toByteArray();
    }

    private List<byte[]> objects() throws IOException {
        List<byte[]> objects = new ArrayList<>();
        for (Path file : SERIES.write(folder.resolve("series"))) {
            objects.add(Files.readAllBytes(file));
        }
        return objects;
    }

    private HttpResponse<byte[]> post(String path, String type, byte[] body, String... headers) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        URI.create(scheme + "://127.0.0.1:" + server.port() + path))
                .header("Content-Type", type)
                .POST(HttpRequest.BodyPublishers.ofByteArray(body));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
    }

    private static JsonNode json(HttpResponse<byte[]> response) throws IOException {
        assertThat(response.headers().firstValue("Content-Type").orElse("")).startsWith("application/dicom+json");
        return new ObjectMapper().readTree(response.body());
    }

    @Test
    void storesEveryPartAndNamesItInTheAnswer() throws Exception {
        start();
        HttpResponse<byte[]> response = post("/studies", RELATED + "edge", message(objects()));
        assertThat(response.statusCode()).isEqualTo(200);
        JsonNode stored = json(response).get("00081199");
        assertThat(stored.get("vr").asText()).isEqualTo("SQ");
        assertThat(stored.get("Value")).hasSize(3);
        JsonNode first = stored.get("Value").get(0);
        assertThat(first.get("00081150").get("Value").get(0).asText()).isEqualTo("1.2.840.10008.5.1.4.1.1.2");
        assertThat(first.get("00081155").get("Value").get(0).asText())
                .isEqualTo(received.get(0).sopInstanceUid());
        assertThat(received)
                .hasSize(3)
                .allMatch(instance -> instance.callingAet().equals("STOW"));
        assertThat(spool.files(received.get(0).seriesKey())).hasSize(3);
        assertThat(ended).containsExactly(true);
    }

    @Test
    void onePartThatIsNoObjectDoesNotHarmTheOthers() throws Exception {
        start();
        List<byte[]> parts = objects();
        parts.set(1, "no DICOM".getBytes(StandardCharsets.US_ASCII));
        byte[] otherClass = parts.get(2).clone();
        replace(otherClass, "5.1.4.1.1.2\0", "5.1.4.1.1.4\0"); // in the file meta information alone
        parts.set(2, otherClass);
        HttpResponse<byte[]> response = post("/studies", RELATED + "\"edge\"", message(parts));
        assertThat(response.statusCode()).isEqualTo(202);
        JsonNode answer = json(response);
        assertThat(answer.get("00081199").get("Value")).hasSize(1);
        assertThat(reason(answer, "00081198")).isEqualTo(0xA900);
        assertThat(reason(answer, "0008119A")).isEqualTo(0xC000);
    }

    private static int reason(JsonNode answer, String sequence) {
        return answer.get(sequence)
                .get("Value")
                .get(0)
                .get("00081197")
                .get("Value")
                .get(0)
                .asInt();
    }

    private static void replace(byte[] in, String what, String by) {
        String text = new String(in, StandardCharsets.ISO_8859_1);
        byte[] replacement = by.getBytes(StandardCharsets.ISO_8859_1);
        System.arraycopy(replacement, 0, in, text.indexOf(what), replacement.length);
    }

    @Test
    void anObjectOfAnotherStudyThanThePathSaysIsRefused() throws Exception {
        start();
        HttpResponse<byte[]> response = post("/studies/1.2.3", RELATED + "edge", message(objects()));
        assertThat(response.statusCode()).isEqualTo(409);
        assertThat(reason(json(response), "00081198")).isEqualTo(0xA900);
        assertThat(received).isEmpty();
        String study = "/studies/" + SERIES.studyInstanceUid();
        assertThat(post(study, RELATED + "edge", message(objects())).statusCode())
                .isEqualTo(200);
    }

    @Test
    void anObjectThatIsTooLargeIsRefusedAndLeavesNothing() throws Exception {
        start(Map.of(), 1000, 2, Optional.empty());
        HttpResponse<byte[]> response = post("/studies", RELATED + "edge", message(objects()));
        assertThat(response.statusCode()).isEqualTo(409);
        assertThat(reason(json(response), "00081198")).isEqualTo(0xA700);
        assertThat(spool.folder().resolve("incoming")).isEmptyDirectory();
    }

    @Test
    void whatIsNoSuchMessageIsRefused() throws Exception {
        start();
        byte[] cut = java.util.Arrays.copyOf(message(objects()), 3000);
        assertThat(post("/studies", "application/dicom", new byte[100]).statusCode())
                .isEqualTo(415);
        assertThat(post("/studies", "multipart/related; type=\"application/dicom+json\"; boundary=b", new byte[9])
                        .statusCode())
                .isEqualTo(415);
        assertThat(post("/studies", "multipart/related", new byte[100]).statusCode())
                .isEqualTo(400);
        assertThat(post("/studies", RELATED + "x".repeat(100), new byte[100]).statusCode())
                .isEqualTo(400);
        assertThat(post("/studies", RELATED + "edge", new byte[100]).statusCode())
                .isEqualTo(400);
        assertThat(post("/studies", RELATED + "edge", cut).statusCode()).isEqualTo(400);
        assertThat(ended).as("the last two broke").containsExactly(false, false);
        assertThat(spool.folder().resolve("incoming")).isEmptyDirectory();
    }

    @Test
    void withoutItsTokenACallerIsNotServed() throws Exception {
        start(Map.of(TOKEN, "CLOUD"), 1_000_000, 2, Optional.empty());
        byte[] message = message(objects());
        assertThat(post("/studies", RELATED + "edge", message).statusCode()).isEqualTo(401);
        assertThat(post("/studies", RELATED + "edge", message, "Authorization", "Bearer wrong")
                        .statusCode())
                .isEqualTo(401);
        assertThat(received).isEmpty();
        assertThat(post("/studies", RELATED + "edge", message, "Authorization", "Bearer " + TOKEN)
                        .statusCode())
                .isEqualTo(200);
        assertThat(received.get(0).callingAet()).isEqualTo("CLOUD");
    }

    @Test
    void aCongestedNodeAsksToComeAgain() throws Exception {
        start();
        congestion = Optional.of("a job waits too long");
        HttpResponse<byte[]> response = post("/studies", RELATED + "edge", message(objects()));
        assertThat(response.statusCode()).isEqualTo(503);
        assertThat(response.headers().firstValue("Retry-After")).contains("60");
    }

    @Test
    void moreRequestsThanAllowedAreAskedToComeAgain() throws Exception {
        start(Map.of(), 1_000_000, 1, Optional.empty());
        try (Socket slow = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
            slow.getOutputStream()
                    .write(("POST /studies HTTP/1.1\r\nHost: x\r\nContent-Length: 100000\r\nContent-Type: " + RELATED
                                    + "edge\r\n\r\n--edge\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            await().untilAsserted(() -> assertThat(post("/studies", RELATED + "edge", message(objects()))
                            .statusCode())
                    .isEqualTo(503));
        }
        await().untilAsserted(() -> assertThat(
                        post("/studies", RELATED + "edge", message(objects())).statusCode())
                .isEqualTo(200));
    }

    @Test
    void overTlsACertificateIsDemanded() throws Exception {
        TestKeys keys = TestKeys.make(folder.resolve("keys"));
        start(Map.of(), 1_000_000, 2, Optional.of(new Tls(keys.strict("node"))));
        scheme = "https";
        Tls peer = new Tls(keys.strict("peer"));
        client = HttpClient.newBuilder().sslContext(peer.context()).build();
        assertThat(post("/studies", RELATED + "edge", message(objects())).statusCode())
                .isEqualTo(200);
        client = HttpClient.newBuilder()
                .sslContext(new Tls(keys.strict("stranger")).context())
                .build();
        org.assertj.core.api.Assertions.assertThatThrownBy(() -> post("/studies", RELATED + "edge", message(objects())))
                .isInstanceOf(IOException.class);
    }

    @Test
    void anOldClientMaySendInChunks() throws Exception {
        start();
        byte[] message = message(objects());
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + "/studies"))
                .version(HttpClient.Version.HTTP_1_1)
                .header("Content-Type", RELATED + "edge")
                .POST(HttpRequest.BodyPublishers.ofInputStream(
                        () -> (InputStream) new java.io.ByteArrayInputStream(message)))
                .build();
        assertThat(client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode())
                .isEqualTo(200);
    }
}
