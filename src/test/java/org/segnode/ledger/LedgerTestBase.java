package org.segnode.ledger;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.segnode.HandClock;

/** An empty ledger on an H2 file, with time that stands still. */
abstract class LedgerTestBase {
    static final String KEY = "0123456789abcdef0123456789abcdef";
    static final StoredResult RESULT = new StoredResult("a/b.dcm", "1.2.840.10008.5.1.4.1.1.66.4", "2.25.1");

    @TempDir
    Path folder;

    final HandClock clock = new HandClock();
    Ledger ledger;

    @BeforeEach
    void openLedger() {
        ledger = Ledger.open(configuration());
    }

    @AfterEach
    void closeLedger() {
        ledger.close();
    }

    LedgerConfiguration configuration() {
        return LedgerConfiguration.embedded(folder)
                .withClock(clock)
                .withJobs(Duration.ofSeconds(60), new Retries(3, Duration.ofSeconds(10), Duration.ofSeconds(15)))
                .withDeliveries(Duration.ofMinutes(10), new Retries(2, Duration.ofSeconds(10), Duration.ofMinutes(1)));
    }

    void reopenLedger() {
        ledger.close();
        ledger = Ledger.open(configuration());
    }

    static NewSeries series(String key) {
        return new NewSeries(key, "1.2.3", "1.2.3." + Long.parseLong(key.substring(0, 8), 16), "MR1", "SEGNODE");
    }

    static NewJob order(String key, int revision, String model, String... destinations) {
        return new NewJob(key, revision, "rule", model, Optional.empty(), List.of(destinations), 0);
    }

    /** A series that is closed and decided, with one READY job per model. */
    void queued(String key, String model, String... destinations) {
        SeriesRow row = ledger.series().open(series(key));
        ledger.series().close(key, 3);
        ledger.series()
                .decide(
                        key,
                        row.revision(),
                        Outcome.QUEUED,
                        "rule",
                        List.of(order(key, row.revision(), model, destinations)));
    }

    Job claimed() {
        return ledger.jobs().claim("worker").orElseThrow();
    }

    Job now(Job job) {
        return ledger.jobs().find(job.id()).orElseThrow();
    }
}
