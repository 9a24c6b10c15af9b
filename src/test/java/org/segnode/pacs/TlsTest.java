package org.segnode.pacs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.segnode.TemporaryException;
import org.segnode.peers.SyntheticSeries;
import org.segnode.peers.TestKeys;

/** DICOM over TLS, between our own two sides and with peers that break the handshake. */
@Timeout(60)
class TlsTest {
    private static final SyntheticSeries SERIES = new SyntheticSeries("2.25.73", 3, 257);
    private static final ScpTimeouts IMPATIENT = new ScpTimeouts(
            Duration.ofMillis(1500), Duration.ofSeconds(5), Duration.ofSeconds(5), Duration.ofSeconds(5));

    @TempDir
    static Path keyFolder;

    private static TestKeys keys;

    @TempDir
    Path folder;

    private final RecordedReception reception = new RecordedReception();
    private StorageScp scp;

    @BeforeAll
    static void makeKeys() throws Exception {
        keys = TestKeys.make(keyFolder);
    }

    @BeforeEach
    void start() {
        start(keys.strict("node"));
    }

    private void start(TlsConfiguration tls) {
        scp = new StorageScp(
                ScpConfiguration.of("NODE", "127.0.0.1", 0)
                        .withMinimumFreeBytes(0)
                        .with(IMPATIENT)
                        .at(Listening.plain("127.0.0.1", 0), Listening.encrypted("127.0.0.1", 0, new Tls(tls))),
                new Spool(folder.resolve("spool")),
                reception);
        scp.start();
    }

    @AfterEach
    void stop() {
        scp.close();
    }

    private int tlsPort() {
        return scp.ports().get(1);
    }

    private RemoteAe node(TlsConfiguration ofCaller) {
        return new RemoteAe("NODE", "127.0.0.1", tlsPort()).over(new Tls(ofCaller));
    }

    private void assertServed() throws RefusedByPeerException {
        new StorageScu("PEER").echo(node(keys.strict("peer")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void storesAndReleasesInOrder(String protocol) throws Exception {
        TlsConfiguration peer = new TlsConfiguration(
                keys.of("peer"), keys.trusted(), true, true, List.of(protocol), TlsConfiguration.SUITES);
        new StorageScu("PEER").send(node(peer), SERIES.write(folder.resolve("series")));
        assertThat(reception.received).hasSize(3);
    }

    @Test
    void thePlainPortStaysPlain() throws Exception {
        new StorageScu("PEER").echo(new RemoteAe("NODE", "127.0.0.1", scp.port()));
    }

    @Test
    void aCallerWithoutATrustedCertificateIsRefused() throws Exception {
        TlsConfiguration stranger = keys.strict("stranger");
        assertThatThrownBy(() -> new StorageScu("PEER").echo(node(stranger))).isInstanceOf(TemporaryException.class);
        assertServed();
    }

    @Test
    void aCallerNeedsNoCertificateWhereTheSettingsSaySo() throws Exception {
        scp.close();
        start(new TlsConfiguration(
                keys.of("node"), keys.trusted(), false, true, TlsConfiguration.PROTOCOLS, TlsConfiguration.SUITES));
        new StorageScu("PEER").echo(node(keys.strict("stranger")));
    }

    @Test
    void aNodeThatCannotBeTrustedIsNotCalled() {
        scp.close();
        start(keys.strict("stranger"));
        assertThatThrownBy(this::assertServed)
                .isInstanceOf(TemporaryException.class)
                .hasMessageContaining("certification path");
    }

    @Test
    void aCertificateOfAnotherHostIsRefusedUnlessNamesAreNotChecked() throws Exception {
        scp.close();
        start(keys.strict("elsewhere"));
        assertThatThrownBy(this::assertServed)
                .isInstanceOf(TemporaryException.class)
                .hasMessageContaining("127.0.0.1");
        TlsConfiguration trusting = new TlsConfiguration(
                keys.of("peer"), keys.trusted(), true, false, TlsConfiguration.PROTOCOLS, TlsConfiguration.SUITES);
        new StorageScu("PEER").echo(node(trusting));
    }

    @Test
    void anOldProtocolIsRefused() throws Exception {
        try (SSLSocket old = (SSLSocket) new Tls(keys.strict("peer"))
                .context()
                .getSocketFactory()
                .createSocket(InetAddress.getLoopbackAddress(), tlsPort())) {
            old.setEnabledProtocols(new String[] {"TLSv1.1"});
            assertThatThrownBy(old::startHandshake).isInstanceOf(SSLException.class);
        }
        assertServed();
    }

    @ParameterizedTest(name = "{0} bytes")
    @ValueSource(ints = {0, 5, 600})
    void aHandshakeThatStopsIsEndedAndOthersAreServedMeanwhile(int bytes) throws Exception {
        try (Socket silent = new Socket(InetAddress.getLoopbackAddress(), tlsPort())) {
            byte[] hello = new byte[bytes];
            System.arraycopy(new byte[] {0x16, 3, 1, 0x0f, 0}, 0, hello, 0, Math.min(bytes, 5));
            silent.getOutputStream().write(hello);
            assertServed();
            assertThat(remaining(silent)).isNotNegative();
        }
    }

    @Test
    void garbageInsteadOfAHandshakeIsRefused() throws Exception {
        try (Socket confused = new Socket(InetAddress.getLoopbackAddress(), tlsPort())) {
            confused.getOutputStream().write(new byte[] {1, 0, 0, 0, 0, (byte) 200, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0});
            assertThat(remaining(confused)).isNotNegative();
        }
        assertServed();
    }

    /** Bytes until the other side has closed. */
    private static int remaining(Socket socket) throws IOException {
        try {
            return socket.getInputStream().readAllBytes().length;
        } catch (SocketException e) {
            return 0;
        }
    }

    @Test
    void thePduGuardLooksInside() throws Exception {
        Tls peer = new Tls(keys.strict("peer"));
        try (SSLSocket liar =
                peer.overConnected(new Socket(InetAddress.getLoopbackAddress(), tlsPort()), "localhost", tlsPort())) {
            liar.getOutputStream().write(new byte[] {1, 0, 0x01, 0, 0, 0, 0, 1, 0, 0});
            assertThat(liar.getInputStream().read()).as("A-ABORT").isEqualTo(7);
        }
    }

    @Test
    void aKeyStoreThatCannotBeUsedIsRefusedByName() {
        KeyStoreFile absent = new KeyStoreFile(keyFolder.resolve("absent.p12"), "changeit");
        KeyStoreFile misspelt = new KeyStoreFile(keys.of("node").file(), "wrong");
        assertThatThrownBy(() -> new Tls(TlsConfiguration.strict(absent, keys.trusted())))
                .hasMessageContaining("absent.p12 cannot be read");
        assertThatThrownBy(() -> new Tls(TlsConfiguration.strict(misspelt, keys.trusted())))
                .hasMessageContaining("node.p12 cannot be read")
                .hasMessageNotContaining("wrong");
        assertThatThrownBy(() -> new Tls(TlsConfiguration.strict(keys.trusted(), keys.trusted())))
                .hasMessageContaining("trusted.p12 holds no private key");
        TlsConfiguration oldSuite = new TlsConfiguration(
                keys.of("node"), keys.trusted(), true, true, TlsConfiguration.PROTOCOLS, List.of("TLS_NOTHING"));
        assertThatThrownBy(() -> new Tls(oldSuite)).hasMessageContaining("[TLS_NOTHING]");
        assertThatThrownBy(() ->
                        new TlsConfiguration(keys.of("node"), keys.trusted(), true, true, List.of("TLSv1"), List.of()))
                .hasMessageContaining("[TLSv1]");
        assertThat(keys.strict("node").toString()).doesNotContain("changeit");
    }
}
