package org.segnode.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.segnode.HandClock;
import org.segnode.ledger.Delivery;
import org.segnode.ledger.DeliveryState;
import org.segnode.ledger.Job;
import org.segnode.ledger.JobState;
import org.segnode.ledger.Ledger;
import org.segnode.ledger.LedgerConfiguration;
import org.segnode.ledger.NewJob;
import org.segnode.ledger.NewSeries;
import org.segnode.ledger.Outcome;
import org.segnode.ledger.Retries;
import org.segnode.ledger.StoredResult;
import org.segnode.node.delivery.PatientCheck;
import org.segnode.node.delivery.ResultSender;
import org.segnode.node.settings.Destination;
import org.segnode.node.settings.RetentionSettings;
import org.segnode.pacs.RemoteAe;
import org.segnode.pacs.ScpConfiguration;
import org.segnode.pacs.Spool;
import org.segnode.pacs.StorageScp;
import org.segnode.pacs.StorageScu;
import org.segnode.peers.FreePort;

/** Results on their way out, and out of the house: sending, giving up, and removing what is done with. */
class ResultsIT {
    private static final Path SAMPLE = Path.of("dicom-samples/case-006/series/0001.dcm");
    private static final String KEY = "a".repeat(32);

    @TempDir
    Path folder;

    private final HandClock clock = new HandClock();
    private Ledger ledger;
    private StorageScp pacs;
    private Spool received;

    @BeforeEach
    void setUp() throws IOException {
        ledger = Ledger.open(LedgerConfiguration.embedded(folder)
                .withClock(clock)
                .withDeliveries(Duration.ofMinutes(1), new Retries(2, Duration.ofSeconds(10), Duration.ofSeconds(10))));
        received = new Spool(folder.resolve("pacs"));
        pacs = new StorageScp(
                ScpConfiguration.of("PACS", "127.0.0.1", 0).withMinimumFreeBytes(0), received, new NobodyListens());
        pacs.start();
        Files.createDirectories(folder.resolve("results"));
    }

    @AfterEach
    void tearDown() {
        pacs.close();
        ledger.close();
    }

    @Test
    void anAcceptedResultCompletesItsJob() throws IOException {
        Delivery delivery = delivery("pacs", true);

        assertThat(sender().send(delivery)).isEmpty();

        assertThat(received.seriesKeys()).hasSize(1);
        assertThat(job().state()).isEqualTo(JobState.COMPLETE);
    }

    @Test
    void anAbsentDestinationIsTriedAgainAfterAPauseAndGivenUpAfterTheLastAttempt() throws IOException {
        Delivery first = delivery("absent", true);
        assertThat(sender().send(first)).isEmpty();
        assertThat(ledger.deliveries().claimDueTo("absent", 1))
                .as("the pause is not over")
                .isEmpty();

        clock.advance(Duration.ofSeconds(10));
        Delivery second = ledger.deliveries().claimDueTo("absent", 1).get(0);
        Optional<Delivery> givenUp = sender().send(second);

        assertThat(givenUp).map(Delivery::state).contains(DeliveryState.FAILED);
        assertThat(givenUp.orElseThrow().reason()).contains("attempt 2, the last");
        assertThat(job().state()).isEqualTo(JobState.FAILED);
    }

    @Test
    void aDestinationThatIsNotInTheSettingsIsGivenUpAtOnce() throws IOException {
        Delivery delivery = delivery("elsewhere", true);

        assertThat(sender().send(delivery).orElseThrow().reason())
                .contains("destination elsewhere is not in the settings");
    }

    @Test
    void aResultWhoseFileIsGoneIsGivenUpAtOnce() throws IOException {
        Delivery delivery = delivery("pacs", false);

        assertThat(sender().send(delivery).orElseThrow().reason()).contains("result.dcm is gone");
    }

    @Test
    void whatIsDoneWithIsRemovedWhenItIsOldEnoughAndNotBefore() throws IOException {
        Spool spool = spoolWithObject();
        sender().send(delivery("pacs", true));
        Retention retention = retention(spool);

        clock.advance(Duration.ofDays(6));
        retention.run();
        assertThat(spool.seriesKeys()).containsExactly(KEY);
        assertThat(folder.resolve("results/result.dcm")).exists();

        clock.advance(Duration.ofDays(2));
        retention.run();
        assertThat(spool.seriesKeys()).isEmpty();
        assertThat(folder.resolve("results/result.dcm")).exists();

        clock.advance(Duration.ofDays(90));
        retention.run();
        assertThat(folder.resolve("results/result.dcm")).doesNotExist();
    }

    @Test
    void whatWasNotDeliveredIsKept() throws IOException {
        Spool spool = spoolWithObject();
        sender().send(delivery("elsewhere", true));

        clock.advance(Duration.ofDays(1000));
        retention(spool).run();

        assertThat(spool.seriesKeys()).containsExactly(KEY);
        assertThat(folder.resolve("results/result.dcm")).exists();
    }

    private Retention retention(Spool spool) {
        return new Retention(
                new RetentionSettings(Duration.ofDays(7), Duration.ofDays(90)),
                ledger,
                spool,
                folder.resolve("results"),
                clock);
    }

    private Spool spoolWithObject() throws IOException {
        Spool spool = new Spool(folder.resolve("spool"));
        Files.createDirectories(spool.seriesFolder(KEY));
        Files.copy(SAMPLE, spool.seriesFolder(KEY).resolve("b".repeat(32) + ".dcm"));
        return spool;
    }

    private ResultSender sender() {
        return new ResultSender(
                ledger,
                new StorageScu("SEGNODE"),
                PatientCheck.NONE,
                folder.resolve("results"),
                List.of(
                        new Destination("pacs", new RemoteAe("PACS", "127.0.0.1", pacs.port())),
                        new Destination("absent", new RemoteAe("ABSENT", "127.0.0.1", FreePort.next()))));
    }

    private Job job() {
        return ledger.jobs().ofSeries(KEY).get(0);
    }

    /** A claimed delivery of the result of a series that was computed. */
    private Delivery delivery(String destination, boolean withFile) throws IOException {
        Path file = folder.resolve("results/result.dcm");
        if (withFile) {
            Files.copy(SAMPLE, file);
            Files.setLastModifiedTime(file, FileTime.from(clock.instant()));
        }
        ledger.series().open(new NewSeries(KEY, "1.9", "1.1", "MR1", "SEGNODE"));
        ledger.series().close(KEY, 1);
        NewJob order = new NewJob(KEY, 1, "r", "m", Optional.empty(), List.of(destination), 0);
        ledger.series().decide(KEY, 1, Outcome.QUEUED, "model m by rule r", List.of(order));
        Job job = ledger.jobs().claim("tester").orElseThrow();
        ledger.jobs().complete(job, new StoredResult("result.dcm", "1.2.840.10008.5.1.4.1.1.4", "1.1.1"));
        return ledger.deliveries().claimDueTo(destination, 1).get(0);
    }
}
