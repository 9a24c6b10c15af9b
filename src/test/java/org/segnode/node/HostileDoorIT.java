package org.segnode.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.segnode.pacs.RemoteAe;
import org.segnode.pacs.StorageScu;
import org.segnode.pacs.Tls;
import org.segnode.peers.FreePort;
import org.segnode.peers.PythonTool;
import org.segnode.peers.Storescu;
import org.segnode.peers.SyntheticSeries;
import org.segnode.peers.TestKeys;
import org.segnode.peers.TlsRelay;

/**
 * The hostile peer in all its modes, plainly and through TLS, against one running node with a heap of 512 MiB, while another
 * peer asks for C-ECHO all the time. Afterwards nothing is left of it. Figures are printed; limits are generous, as the machine
 * may be busy.
 */
class HostileDoorIT {
    private static final Duration SERVED = Duration.ofSeconds(10);
    private static final long MOST_RESIDENT = 900L << 20;
    private static final int IDLE = 500;

    @TempDir
    static Path folder;

    private static NodeFolder files;
    private static NodeProcess process;
    private static TlsRelay relay;
    private static Path series;
    private static Set<Path> before;
    private static ProcessUse atRest;

    @BeforeAll
    static void start() throws Exception {
        TestKeys keys = TestKeys.make(folder.resolve("keys"));
        int plain = FreePort.next();
        int encrypted = FreePort.next();
        files = NodeFolder.make(folder.resolve("node"), plain, FreePort.next(), "", List.of());
        Files.writeString(
                files.settingsFile(),
                Files.readString(files.settingsFile())
                        .replace("rules:\n", "rules: []\n")
                        .replace("reception: {quiet-time: 1s}", """
                                reception:
                                  quiet-time: 1s
                                  connections: 1200
                                  connections-per-host: 1200
                                  association-timeout: 5s
                                  idle-timeout: 20s
                                  stall-timeout: 3s
                                tls:
                                  key-store: %s
                                  key-password: %s
                                  trust-store: %s
                                  trust-password: %s
                                  port: %d""".formatted(
                                        keys.of("node").file(),
                                        keys.of("node").password(),
                                        keys.trusted().file(),
                                        keys.trusted().password(),
                                        encrypted)));
        process = NodeProcess.runWithBoxes(files);
        relay = new TlsRelay(new Tls(keys.strict("peer")), encrypted);
        series = folder.resolve("series");
        List<Path> objects = new SyntheticSeries("2.25.75", 8, 63).write(series);
        new StorageScu("OTHER").send(node(), objects); // everything is loaded once
        new StorageScu("OTHER").send(new RemoteAe("SEGNODE", "127.0.0.1", relay.port()), objects);
        before = outsideTheSpool();
        atRest = quietUse();
        System.out.println("MEASURE at rest: " + atRest);
    }

    @AfterAll
    static void stop() throws Exception {
        relay.close();
        process.close();
    }

    private static RemoteAe node() {
        return new RemoteAe("SEGNODE", "127.0.0.1", files.settings().node().port());
    }

    private static int tlsPort() {
        return files.settings().tls().port();
    }

    private static Set<Path> outsideTheSpool() throws IOException {
        Path spool = files.settings().data().spool();
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(path -> !path.startsWith(spool) && !path.startsWith(folder.resolve("peer")))
                    .collect(Collectors.toSet());
        }
    }

    /** When no peer is connected any more. */
    private static ProcessUse quietUse() throws IOException {
        await().atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(500))
                .until(() -> ProcessUse.of(process.pid()).sockets() <= (atRest == null ? 8 : atRest.sockets()));
        return ProcessUse.of(process.pid());
    }

    static Stream<Arguments> modes() {
        String one = series.toString();
        List<List<String>> calls = List.of(
                List.of("send", "--files", one, "--associations", "4"),
                List.of("duplicate", "--files", one),
                List.of("late", "--files", one, "--wait", "1"),
                List.of("abort-midway", "--files", one),
                List.of("stall-handshake", "--wait", "10", "--must-close"),
                List.of("stall-store", "--files", one, "--wait", "10", "--must-close"),
                List.of("garbage", "--count", "40"),
                List.of("path-traversal", "--watch", folder.resolve("keys").toString()),
                List.of("wrong-aet"),
                List.of("flood", "--count", Integer.toString(IDLE), "--wait", "60", "--must-close"),
                List.of("huge-pdu", "--wait", "3"));
        return Stream.of("plain", "tls")
                .flatMap(how -> calls.stream().map(call -> Arguments.of(how, call.get(0), call)));
    }

    @ParameterizedTest(name = "{1}, {0}")
    @MethodSource("modes")
    void othersAreServedAndNothingIsLeft(String how, String mode, List<String> call) throws Exception {
        int port = how.equals("tls") ? relay.port() : node().port();
        List<String> arguments = new ArrayList<>(call);
        arguments.addAll(List.of("--port", Integer.toString(port), "--aec", "SEGNODE"));
        Path home = Files.createDirectories(folder.resolve("peer"));
        bearing(how + " " + mode, () -> {
            Storescu.Result result = PythonTool.run(home, "pacs_peer.py", arguments.toArray(String[]::new));
            assertThat(result.exitCode()).as(result.output()).isZero();
        });
    }

    @ParameterizedTest(name = "{0} bytes")
    @ValueSource(ints = {0, 3, 700})
    void aHandshakeThatNeverEndsCostsLittle(int bytes) throws Exception {
        byte[] hello = new byte[bytes];
        new Random(bytes).nextBytes(hello);
        System.arraycopy(new byte[] {0x16, 3, 1, 0x0f, 0x00}, 0, hello, 0, Math.min(bytes, 5));
        bearing("TLS handshake that stops after " + bytes + " bytes", () -> hold(hello, IDLE));
    }

    @Test
    void garbageInsteadOfAHandshakeIsRefused() throws Exception {
        byte[] garbage = new byte[4000];
        new Random(1).nextBytes(garbage);
        bearing("garbage instead of a TLS handshake", () -> hold(garbage, 100));
    }

    /** Says so much on many connections, and waits until the node has ended all of them. */
    private static void hold(byte[] said, int connections) throws IOException {
        List<Socket> held = new ArrayList<>();
        try {
            for (int n = 0; n < connections; n++) {
                Socket socket = new Socket(InetAddress.getLoopbackAddress(), tlsPort());
                held.add(socket);
                socket.getOutputStream().write(said);
            }
            for (Socket socket : held) {
                socket.setSoTimeout(60_000);
                awaitEnd(socket);
            }
        } finally {
            for (Socket socket : held) {
                socket.close();
            }
        }
    }

    private static void awaitEnd(Socket socket) {
        try {
            socket.getInputStream().readAllBytes();
        } catch (java.net.SocketTimeoutException e) {
            throw new AssertionError("the node never ended the connection", e);
        } catch (IOException e) {
            // reset: ended too
        }
    }

    private interface Hostility {
        void run() throws Exception;
    }

    private static void bearing(String what, Hostility hostility) throws Exception {
        long most;
        try (EchoWatch watch = new EchoWatch(node());
                MemoryWatch memory = new MemoryWatch(process.pid())) {
            hostility.run();
            most = memory.mostResidentBytes();
            System.out.printf(
                    "MEASURE %s: C-ECHO at most %d ms in %d, %d MiB, at most %d threads%n",
                    what, watch.longest().toMillis(), watch.count(), most >> 20, memory.mostThreads());
            assertThat(watch.failures()).as("others are served").isEmpty();
            assertThat(watch.longest()).as("others are served").isLessThan(SERVED);
        }
        assertThat(most).as("bytes resident").isLessThan(MOST_RESIDENT);
        assertThat(process.log()).doesNotContain("OutOfMemoryError");
        ProcessUse after = quietUse();
        assertThat(after.descriptors()).as("%s, was %s", after, atRest).isLessThanOrEqualTo(atRest.descriptors() + 4);
        await().atMost(Duration.ofSeconds(90))
                .pollInterval(Duration.ofSeconds(1))
                .untilAsserted(() ->
                        assertThat(ProcessUse.of(process.pid()).threads()).isLessThanOrEqualTo(atRest.threads() + 8));
        assertThat(outsideTheSpool()).isEqualTo(before);
        assertThat(files.settings().data().spool().resolve("incoming")).isEmptyDirectory();
    }
}
