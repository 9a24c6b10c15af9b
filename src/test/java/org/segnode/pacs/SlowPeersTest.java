package org.segnode.pacs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.segnode.TemporaryException;
import org.segnode.peers.SyntheticSeries;

/** Peers that say nothing, little, or too much. */
@Timeout(30)
class SlowPeersTest {
    private static final Duration SHORT = Duration.ofMillis(600);
    private static final ScpTimeouts IMPATIENT = new ScpTimeouts(SHORT, SHORT, SHORT, Duration.ofSeconds(10));
    private static final int A_ABORT = 7;

    @TempDir
    Path folder;

    private final CountDownLatch noted = new CountDownLatch(1);
    private final CountDownLatch mayGoOn = new CountDownLatch(1);
    private final List<ReceivedInstance> received = new ArrayList<>();
    private StorageScp scp;

    @BeforeEach
    void start() {
        scp = new StorageScp(
                ScpConfiguration.of("NODE", "127.0.0.1", 0)
                        .withMinimumFreeBytes(0)
                        .with(IMPATIENT)
                        .with(new ConnectionLimits(6, 3, 65_536)),
                new Spool(folder.resolve("spool")),
                new ReceptionListener() {
                    @Override
                    public void received(ReceivedInstance instance) {
                        received.add(instance);
                        noted.countDown();
                        awaitQuietly(mayGoOn);
                    }

                    @Override
                    public void associationEnded(long association, boolean released) {}
                });
        scp.start();
    }

    @AfterEach
    void stop() {
        mayGoOn.countDown();
        scp.close();
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await(20, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Socket connect() throws IOException {
        return new Socket(InetAddress.getLoopbackAddress(), scp.port());
    }

    private RemoteAe node() {
        return new RemoteAe("NODE", "127.0.0.1", scp.port());
    }

    /** -1 if the other side has closed or reset the connection. */
    private static int next(InputStream in) throws IOException {
        try {
            return in.read();
        } catch (SocketException e) {
            return -1;
        }
    }

    @Test
    void aPeerThatNeverSaysAnythingIsDisconnectedAndOthersAreServedMeanwhile() throws Exception {
        try (Socket silent = connect()) {
            new StorageScu("OTHER").echo(node());
            assertThat(next(silent.getInputStream())).isEqualTo(-1);
        }
    }

    @Test
    void aPeerThatDripsItsRequestIsDisconnected() throws Exception {
        try (Socket slow = connect()) {
            long start = System.nanoTime();
            assertThatThrownBy(() -> {
                        slow.getOutputStream().write(new byte[] {1, 0, 0, 0, 1, 0});
                        while (true) {
                            slow.getOutputStream().write(0);
                            Thread.sleep(50);
                        }
                    })
                    .isInstanceOf(SocketException.class);
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
        }
    }

    @Test
    void aPduOfAbsurdLengthIsAbortedBeforeItComes() throws Exception {
        try (Socket liar = connect()) {
            liar.getOutputStream().write(new byte[] {1, 0, 0x01, 0, 0, 0, 0, 1, 0, 0});
            assertThat(next(liar.getInputStream())).isEqualTo(A_ABORT);
        }
    }

    @Test
    void moreConnectionsThanOneHostMayHaveAreClosedAtOnce() throws Exception {
        List<Socket> held = new ArrayList<>();
        try (Socket first = connect();
                Socket second = connect();
                Socket third = connect()) {
            held.addAll(List.of(first, second, third));
            try (Socket tooMany = connect()) {
                assertThat(next(tooMany.getInputStream())).isEqualTo(-1);
            }
            for (Socket socket : held) {
                assertThat(next(socket.getInputStream())).isEqualTo(-1);
            }
        }
        new StorageScu("OTHER").echo(node());
    }

    @Test
    void stoppingLetsARunningStoreFinish() throws Exception {
        List<Path> file = new SyntheticSeries("2.25.73", 1, 31).write(folder.resolve("sent"));
        CompletableFuture<String> sending = CompletableFuture.supplyAsync(() -> {
            try {
                new StorageScu("SENDER").send(node(), file);
                return "delivered";
            } catch (RefusedByPeerException e) {
                return String.valueOf(e.getMessage());
            }
        });
        assertThat(noted.await(10, TimeUnit.SECONDS)).isTrue();
        CompletableFuture<Void> stopping = CompletableFuture.runAsync(scp::close);
        Thread.sleep(200);
        assertThat(stopping).isNotDone();
        mayGoOn.countDown();
        assertThat(sending.get(10, TimeUnit.SECONDS)).isEqualTo("delivered");
        stopping.get(10, TimeUnit.SECONDS);
        assertThat(received)
                .hasSize(1)
                .allMatch(instance -> instance.file().toFile().exists());
    }

    @Test
    void ourScuDoesNotWaitForeverForASilentPeer() throws Exception {
        ScuTimeouts impatient = new ScuTimeouts(SHORT, SHORT, SHORT, SHORT);
        try (ServerSocket silent = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            RemoteAe peer = new RemoteAe("SILENT", "127.0.0.1", silent.getLocalPort());
            assertThatThrownBy(() -> new StorageScu("NODE", impatient).echo(peer))
                    .isInstanceOf(TemporaryException.class)
                    .hasMessageContaining("SILENT")
                    .hasMessageContaining("no answer to A-ASSOCIATE-RQ within 600 ms");
        }
    }

    @Test
    void ourScuDoesNotWaitForeverForAResponse() throws Exception {
        List<Path> file = new SyntheticSeries("2.25.74", 1, 31).write(folder.resolve("sent"));
        ScuTimeouts impatient = new ScuTimeouts(SHORT, SHORT, SHORT, SHORT);
        assertThatThrownBy(() -> new StorageScu("NODE", impatient).send(node(), file))
                .isInstanceOf(TemporaryException.class)
                .hasMessageContaining("no response within 600 ms");
    }

    @Test
    void ourScuSaysThatNobodyIsThere() throws Exception {
        int port;
        try (ServerSocket socket = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }
        RemoteAe peer = new RemoteAe("GONE", "127.0.0.1", port);
        assertThatThrownBy(() -> new StorageScu("NODE").echo(peer))
                .isInstanceOf(TemporaryException.class)
                .hasMessageContaining("GONE@127.0.0.1:" + port)
                .hasMessageContaining("Connection refused");
    }
}
