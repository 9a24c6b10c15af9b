package org.segnode.pacs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.segnode.peers.RawAssociation.A_ASSOCIATE_AC;
import static org.segnode.peers.RawAssociation.A_ASSOCIATE_RJ;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.segnode.TemporaryException;
import org.segnode.peers.RawAssociation;
import org.segnode.peers.SyntheticSeries;

/** Who is let in, what for, and with which reason others are not. */
@Timeout(60)
class AdmissionTest {
    private static final SyntheticSeries SERIES = new SyntheticSeries("2.25.74", 3, 65);
    private static final String CT_IMAGE_STORAGE = "1.2.840.10008.5.1.4.1.1.2";
    private static final String BASIC_TEXT_SR = "1.2.840.10008.5.1.4.1.1.88.11";

    @TempDir
    Path folder;

    private final AtomicLong free = new AtomicLong(1000);
    private final RecordedReception reception = new RecordedReception();
    private final List<RawAssociation> open = new ArrayList<>();

    @SuppressWarnings("NullAway.Init") // set where a test starts it
    private StorageScp scp;

    private void start(ScpConfiguration configuration) {
        start(configuration, reception);
    }

    private void start(ScpConfiguration configuration, ReceptionListener listener) {
        scp = new StorageScp(
                configuration.withMinimumFreeBytes(500),
                new Spool(folder.resolve("spool"), disk -> free.get()),
                listener);
        scp.start();
    }

    private static ScpConfiguration node() {
        return ScpConfiguration.of("NODE", "127.0.0.1", 0);
    }

    private static ScpConfiguration nodeFor(Caller... callers) {
        return node().with(new Callers(List.of(callers)));
    }

    private RemoteAe remote() {
        return new RemoteAe("NODE", "127.0.0.1", scp.port());
    }

    @AfterEach
    void stop() throws IOException {
        for (RawAssociation association : open) {
            association.close();
        }
        scp.close();
    }

    private List<Integer> associate(String callingAet, String sopClass) throws IOException {
        RawAssociation association = new RawAssociation(
                scp.port(), callingAet, "NODE", sopClass, TransferSyntaxes.IMPLICIT_VR_LITTLE_ENDIAN);
        open.add(association);
        return association.answer();
    }

    @Test
    void aCallerThatIsNotListedIsRejectedAsUnknown() throws IOException {
        start(nodeFor(Caller.named("CT1")));
        assertThat(associate("CT2", CT_IMAGE_STORAGE)).containsExactly(A_ASSOCIATE_RJ, 1, 1, 3);
        assertThat(associate("CT1", CT_IMAGE_STORAGE)).containsExactly(A_ASSOCIATE_AC, 0);
        assertThat(reception.refusals)
                .containsExactly("CT2: association rejected: the calling AE title is not allowed from this host");
    }

    @Test
    void aListedCallerFromAnotherHostIsRejectedToo() throws IOException {
        Caller elsewhere = new Caller(Optional.of("CT1"), List.of(Network.parse("10.0.0.0/8")), Caller.EVERYTHING);
        start(nodeFor(
                elsewhere, new Caller(Optional.of("CT2"), List.of(Network.parse("127.0.0.0/8")), Caller.EVERYTHING)));
        assertThat(associate("CT1", CT_IMAGE_STORAGE)).containsExactly(A_ASSOCIATE_RJ, 1, 1, 3);
        assertThat(associate("CT2", CT_IMAGE_STORAGE)).containsExactly(A_ASSOCIATE_AC, 0);
    }

    @Test
    void aCallerMayDoWhatItIsListedForAndNothingElse() throws Exception {
        Caller asking = new Caller(Optional.of("MONITOR"), List.of(), Set.of(Caller.Permission.ECHO));
        Caller storing = new Caller(Optional.of("CT1"), List.of(), Set.of(Caller.Permission.STORE));
        start(nodeFor(asking, storing));
        assertThat(associate("MONITOR", CT_IMAGE_STORAGE)).as("user rejection").containsExactly(A_ASSOCIATE_AC, 1);
        assertThat(associate("CT1", SopClasses.VERIFICATION)).containsExactly(A_ASSOCIATE_AC, 1);
        new StorageScu("MONITOR").echo(remote());
        new StorageScu("CT1").send(remote(), SERIES.write(folder.resolve("series")));
        assertThat(reception.refusals).contains("MONITOR: not allowed to this caller: " + CT_IMAGE_STORAGE);
    }

    @Test
    void oneAssociationTooManyIsRejectedForNowAndTakenWhenAnotherEnds() throws Exception {
        start(node().with(new ConnectionLimits(10, 10, 2, 2, 65_536)));
        assertThat(associate("A", CT_IMAGE_STORAGE)).first().isEqualTo(A_ASSOCIATE_AC);
        assertThat(associate("B", CT_IMAGE_STORAGE)).first().isEqualTo(A_ASSOCIATE_AC);
        assertThat(associate("C", CT_IMAGE_STORAGE))
                .as("local limit exceeded")
                .containsExactly(A_ASSOCIATE_RJ, 2, 3, 2);
        open.get(0).close();
        await().untilAsserted(() ->
                assertThat(associate("C", CT_IMAGE_STORAGE)).first().isEqualTo(A_ASSOCIATE_AC));
    }

    @Test
    void associationsOfOneHostAreLimitedToo() throws IOException {
        start(node().with(new ConnectionLimits(10, 10, 5, 1, 65_536)));
        assertThat(associate("A", CT_IMAGE_STORAGE)).first().isEqualTo(A_ASSOCIATE_AC);
        assertThat(associate("B", CT_IMAGE_STORAGE)).containsExactly(A_ASSOCIATE_RJ, 2, 3, 2);
    }

    @Test
    void aFullDiskRejectsStorageForNowAndStillAnswersEcho() throws Exception {
        start(node());
        free.set(499);
        assertThat(associate("CT1", CT_IMAGE_STORAGE))
                .as("temporary congestion")
                .containsExactly(A_ASSOCIATE_RJ, 2, 3, 1);
        assertThatThrownBy(() -> new StorageScu("CT1").send(remote(), SERIES.write(folder.resolve("series"))))
                .isInstanceOf(TemporaryException.class)
                .hasMessageContaining("temporary-congestion");
        new StorageScu("MONITOR").echo(remote());
        assertThat(reception.refusals).contains("CT1: association rejected: no room on the disk");
    }

    @Test
    void aDiskThatBecomesFullBetweenTwoObjectsRefusesTheSecond() throws Exception {
        start(node(), new ReceptionListener() {
            @Override
            public void received(ReceivedInstance instance) {
                reception.received(instance);
                free.set(499);
            }

            @Override
            public void associationEnded(long association, boolean released) {}
        });
        List<Path> sent = SERIES.write(folder.resolve("series"));
        assertThatThrownBy(() -> new StorageScu("CT1").send(remote(), sent))
                .isInstanceOfSatisfying(RefusedByPeerException.class, refusal -> {
                    assertThat(refusal.status()).isEqualTo(0xA700);
                    assertThat(refusal.mayPass()).isTrue();
                })
                .hasMessageContaining("disk space");
        assertThat(reception.received).hasSize(1);
    }

    @Test
    void whatTheListenerMindsRejectsStorageForNow() throws Exception {
        start(node(), new ReceptionListener() {
            @Override
            public void received(ReceivedInstance instance) {}

            @Override
            public void associationEnded(long association, boolean released) {}

            @Override
            public Optional<String> congestion() {
                return Optional.of("a job waits too long");
            }
        });
        assertThat(associate("CT1", CT_IMAGE_STORAGE)).containsExactly(A_ASSOCIATE_RJ, 2, 3, 1);
        new StorageScu("CT1").echo(remote());
    }

    @Test
    void whatIsNotAnImageIsTakenOrRefusedAsConfigured() throws IOException {
        start(node());
        assertThat(associate("CT1", BASIC_TEXT_SR)).containsExactly(A_ASSOCIATE_AC, 0);
        scp.close();
        start(node().withoutNonImages());
        assertThat(associate("CT1", BASIC_TEXT_SR))
                .as("abstract syntax not supported")
                .containsExactly(A_ASSOCIATE_AC, 3);
        assertThat(associate("CT1", CT_IMAGE_STORAGE)).containsExactly(A_ASSOCIATE_AC, 0);
    }
}
