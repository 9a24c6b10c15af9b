package org.segnode.pacs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.aoju.bus.image.UID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.segnode.TemporaryException;
import org.segnode.peers.SyntheticSeries;

class StorageScpTest {
    private static final SyntheticSeries SERIES = new SyntheticSeries("2.25.7", 3, 17);

    @TempDir
    Path folder;

    private final RecordedReception reception = new RecordedReception();
    private final StorageScu scu = new StorageScu("SENDER");
    private Spool spool;
    private StorageScp scp;

    @BeforeEach
    void start() {
        spool = new Spool(folder.resolve("spool"));
        scp = start(ScpConfiguration.of("NODE", "127.0.0.1", 0).withMinimumFreeBytes(0), reception);
    }

    @AfterEach
    void stop() {
        scp.close();
    }

    private StorageScp start(ScpConfiguration configuration, ReceptionListener listener) {
        StorageScp started = new StorageScp(configuration, spool, listener);
        started.start();
        return started;
    }

    private StorageScp restart(ScpConfiguration configuration, ReceptionListener listener) {
        scp.close();
        scp = start(configuration, listener);
        return scp;
    }

    private RemoteAe node() {
        return new RemoteAe("NODE", "127.0.0.1", scp.port());
    }

    private static byte[] dataSet(Path file) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        int group = Integer.reverseBytes(java.nio.ByteBuffer.wrap(bytes).getInt(140));
        return Arrays.copyOfRange(bytes, 144 + group, bytes.length);
    }

    @Test
    void answersAnEcho() throws Exception {
        scu.echo(node());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                UID.ExplicitVRLittleEndian,
                UID.ImplicitVRLittleEndian,
                UID.ExplicitVRBigEndianRetired,
                UID.DeflatedExplicitVRLittleEndian
            })
    void keepsDataSetsByteByByte(String syntax) throws Exception {
        List<Path> sent = SERIES.write(folder.resolve("sent"), syntax);
        scu.send(node(), sent);
        assertThat(reception.received).hasSize(3);
        for (int n = 0; n < 3; n++) {
            byte[] kept = dataSet(reception.received.get(n).file());
            byte[] original = dataSet(sent.get(n));
            assertThat(Arrays.copyOf(kept, original.length)).isEqualTo(original);
            assertThat(kept.length - original.length).isEqualTo(original.length % 2);
        }
    }

    @Test
    void tellsWhatCameFromWhom() throws Exception {
        scu.send(node(), SERIES.write(folder.resolve("sent")));
        ReceivedInstance first = reception.received.get(0);
        assertThat(first.sopInstanceUid()).isEqualTo("2.25.7.1.1.1");
        assertThat(first.seriesInstanceUid()).isEqualTo("2.25.7.1.1");
        assertThat(first.studyInstanceUid()).isEqualTo("2.25.7.1");
        assertThat(first.sopClassUid()).isEqualTo(UID.CTImageStorage);
        assertThat(first.callingAet()).isEqualTo("SENDER");
        assertThat(first.calledAet()).isEqualTo("NODE");
        assertThat(first.changed()).isTrue();
        assertThat(first.file().getParent()).isEqualTo(spool.seriesFolder(first.seriesKey()));
        assertThat(spool.files(first.seriesKey())).hasSize(3);
        assertThat(spool.describe(first.file()))
                .usingRecursiveComparison()
                .ignoringFields("association", "changed")
                .isEqualTo(first);
    }

    @Test
    void tellsWhenAnAssociationHasEnded() throws Exception {
        scu.send(node(), SERIES.write(folder.resolve("sent")));
        long association = reception.received.get(0).association();
        await().untilAsserted(() -> assertThat(reception.ended).contains(association));
    }

    @Test
    void saysThatARepeatedObjectHasNotChanged() throws Exception {
        List<Path> sent = SERIES.write(folder.resolve("sent"));
        scu.send(node(), sent);
        scu.send(node(), sent);
        assertThat(reception.received)
                .extracting(ReceivedInstance::changed)
                .containsExactly(true, true, true, false, false, false);
        assertThat(spool.files(reception.received.get(0).seriesKey())).hasSize(3);
    }

    @Test
    void keepsTheFirstOfTwoContentsUnderOneUidAndTheOtherBesideIt() throws Exception {
        List<Path> sent = SERIES.write(folder.resolve("sent"));
        scu.send(node(), sent);
        byte[] original = dataSet(sent.get(1));
        byte[] other = Files.readAllBytes(sent.get(1));
        other[other.length - 1] ^= 1;
        Files.write(sent.get(1), other);
        scu.send(node(), sent.subList(1, 2));
        scu.send(node(), sent.subList(1, 2));
        ReceivedInstance last = reception.received.get(4);
        assertThat(last.changed()).isFalse();
        assertThat(spool.files(last.seriesKey())).hasSize(3);
        assertThat(dataSet(last.file())).isEqualTo(original);
        assertThat(reception.contradictions).hasSize(2).allSatisfy(incident -> {
            assertThat(incident.first())
                    .usingRecursiveComparison()
                    .ignoringFields("association")
                    .isEqualTo(last);
            assertThat(incident.difference()).isEqualTo("(7FE0,0010)");
            assertThat(dataSet(incident.other())).isEqualTo(dataSet(sent.get(1)));
        });
        spool.remove(last.seriesKey());
        assertThat(spool.seriesFolder(last.seriesKey())).doesNotExist();
    }

    @Test
    void theSameObjectInAnotherUncompressedTransferSyntaxIsNoContradiction() throws Exception {
        scu.send(node(), SERIES.write(folder.resolve("explicit"), UID.ExplicitVRLittleEndian));
        scu.send(node(), SERIES.write(folder.resolve("implicit"), UID.ImplicitVRLittleEndian));
        assertThat(reception.contradictions).isEmpty();
        assertThat(reception.received.get(5).changed()).isFalse();
    }

    @Test
    void rejectsAnotherCalledAeTitle() {
        RemoteAe other = new RemoteAe("OTHER", "127.0.0.1", scp.port());
        assertThatThrownBy(() -> scu.echo(other))
                .isInstanceOf(RefusedByPeerException.class)
                .hasMessageContaining("called-AE-title-not-recognized");
    }

    @Test
    void rejectsCallersThatAreNotListed() throws Exception {
        restart(
                ScpConfiguration.of("NODE", "127.0.0.1", 0).with(new Callers(List.of(Caller.named("PACS")))),
                reception);
        assertThatThrownBy(() -> scu.echo(node()))
                .isInstanceOf(RefusedByPeerException.class)
                .hasMessageContaining("calling-AE-title-not-recognized");
        new StorageScu("PACS").echo(node());
    }

    @Test
    void refusesHostsThatAreNotListed() {
        restart(
                ScpConfiguration.of("NODE", "127.0.0.1", 0)
                        .with(new Callers(List.of(
                                new Caller(Optional.empty(), List.of(Network.parse("127.0.0.2")), Caller.EVERYTHING)))),
                reception);
        assertThatThrownBy(() -> scu.echo(node())).isInstanceOf(TemporaryException.class);
    }

    @Test
    void refusesAnObjectThatCannotBeNoted() throws Exception {
        restart(ScpConfiguration.of("NODE", "127.0.0.1", 0), new ReceptionListener() {
            @Override
            public void received(ReceivedInstance instance) {
                throw new TemporaryException("no database");
            }

            @Override
            public void associationEnded(long association, boolean released) {}
        });
        List<Path> sent = SERIES.write(folder.resolve("sent"));
        assertThatThrownBy(() -> scu.send(node(), sent))
                .isInstanceOfSatisfying(
                        RefusedByPeerException.class,
                        refusal -> assertThat(refusal.status()).isEqualTo(0x0110));
    }

    @Test
    void refusesADataSetThatIsNotTheOneAnnounced() throws Exception {
        List<Path> sent = SERIES.write(folder.resolve("sent"));
        byte[] bytes = Files.readAllBytes(sent.get(0));
        int announced = new String(bytes, java.nio.charset.StandardCharsets.ISO_8859_1).indexOf("2.25.7.1.1.1");
        bytes[announced] = '1'; // Media Storage SOP Instance UID, which becomes that of the command
        Files.write(sent.get(0), bytes);
        assertThatThrownBy(() -> scu.send(node(), sent))
                .isInstanceOfSatisfying(
                        RefusedByPeerException.class,
                        refusal -> assertThat(refusal.status()).isEqualTo(0xA900));
        assertThat(spool.seriesKeys()).isEmpty();
    }

    @Test
    void refusesADataSetThatCannotBeRead() throws Exception {
        List<Path> sent = SERIES.write(folder.resolve("sent"));
        byte[] bytes = Files.readAllBytes(sent.get(0));
        int group = Integer.reverseBytes(java.nio.ByteBuffer.wrap(bytes).getInt(140));
        Arrays.fill(bytes, 144 + group, bytes.length, (byte) 0x7f);
        Files.write(sent.get(0), bytes, StandardOpenOption.TRUNCATE_EXISTING);
        assertThatThrownBy(() -> scu.send(node(), sent))
                .isInstanceOfSatisfying(
                        RefusedByPeerException.class,
                        refusal -> assertThat(refusal.status()).isEqualTo(0xC000));
        assertThat(spool.folder().resolve("incoming")).isEmptyDirectory();
    }

    @Test
    void doesNotNegotiateWhatIsNoStorage() throws Exception {
        List<Path> sent = SERIES.write(folder.resolve("sent"));
        byte[] bytes = Files.readAllBytes(sent.get(0));
        String text = new String(bytes, java.nio.charset.StandardCharsets.ISO_8859_1);
        bytes[text.indexOf(UID.CTImageStorage) + 13] = '9'; // of 1.2.840.10008.5, in the file meta information
        Files.write(sent.get(0), bytes);
        assertThatThrownBy(() -> scu.send(node(), sent))
                .isInstanceOf(RefusedByPeerException.class)
                .hasMessageContaining("does not take SOP class 1.2.840.1000895.1.4.1.1.2 ")
                .hasMessageContaining("in transfer syntax 1.2.840.10008.1.2.1");
        assertThat(reception.received).isEmpty();
    }

    @Test
    void takesNothingAfterItWasClosed() throws Exception {
        RemoteAe node = node();
        scp.close();
        assertThatThrownBy(() -> scu.echo(node)).isInstanceOf(TemporaryException.class);
    }
}
