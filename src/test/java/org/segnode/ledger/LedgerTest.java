package org.segnode.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.segnode.TemporaryException;

class LedgerTest extends LedgerTestBase {
    @Test
    void liesInOneFileOfTheDataFolder() {
        assertThat(folder.resolve("ledger.mv.db")).exists();
        assertThat(ledger.isAlive()).isTrue();
    }

    @Test
    void writesWhatIsCommittedAtOnce() {
        assertThat(LedgerConfiguration.embedded(folder).url()).contains(";WRITE_DELAY=0");
    }

    @Test
    void goesOnAfterAThreadWasInterruptedInTheMiddleOfItsWork() throws Exception {
        for (int i = 0; i < 20; i++) {
            Thread writer = new Thread(() -> {
                for (int row = 0; row < 100; row++) {
                    ledger.series().open(series("%032x".formatted(row)));
                }
            });
            writer.setUncaughtExceptionHandler((thread, stopped) -> {});
            writer.start();
            Thread.sleep(i);
            writer.interrupt();
            writer.join();
            assertThat(ledger.isAlive()).isTrue();
        }
        assertThat(ledger.series().open(series(KEY)).revision()).isEqualTo(1);
    }

    @Test
    void saysSoWhenTheDatabaseDoesNotAnswer() {
        ledger.close();
        assertThat(ledger.isAlive()).isFalse();
        ledger = Ledger.open(configuration());
    }

    @Test
    void refusesAFileThatIsNoDatabase() throws Exception {
        Path other = Files.createDirectory(folder.resolve("other"));
        Files.writeString(other.resolve("ledger.mv.db"), "x".repeat(10_000));
        assertThatThrownBy(() -> Ledger.open(LedgerConfiguration.embedded(other)))
                .isInstanceOf(TemporaryException.class)
                .hasMessageStartingWith("the ledger jdbc:h2:")
                .hasMessageContaining("cannot be opened");
    }

    @Test
    void refusesALedgerOfANewerVersion() throws Exception {
        ledger.close();
        try (Connection connection = DriverManager.getConnection(configuration().url(), "", "")) {
            connection
                    .createStatement()
                    .execute("insert into \"flyway_schema_history\" values (99, '99', 'later', 'SQL', 'V99__later.sql',"
                            + " 1, '', now(), 1, true)");
        }
        assertThatThrownBy(() -> Ledger.open(configuration()))
                .isInstanceOf(TemporaryException.class)
                .hasMessageContaining("newer version of segnode");
        try (Connection connection = DriverManager.getConnection(configuration().url(), "", "")) {
            connection.createStatement().execute("delete from \"flyway_schema_history\" where \"version\" = '99'");
        }
        ledger = Ledger.open(configuration());
    }

    @Test
    void refusesADatabaseItDoesNotKnow() {
        assertThatThrownBy(() -> new LedgerConfiguration(
                        "jdbc:oracle:thin:@x",
                        "",
                        "",
                        clock,
                        Duration.ofSeconds(1),
                        Duration.ofSeconds(1),
                        new Retries(1, Duration.ZERO, Duration.ZERO),
                        new Retries(1, Duration.ZERO, Duration.ZERO),
                        Map.of()))
                .hasMessage("the ledger's database is jdbc:h2:… or jdbc:postgresql:…, is jdbc:oracle:thin:@x");
        assertThatThrownBy(() -> LedgerConfiguration.embedded(Path.of("/tmp/a;b")))
                .hasMessageContaining("must not contain ';'");
    }

    @Test
    void refusesLeasesAndRetriesThatMeanNothing() {
        assertThatThrownBy(() ->
                        configuration().withJobs(Duration.ZERO, configuration().jobs()))
                .hasMessage("the job lease is more than 0 s, is PT0S");
        assertThatThrownBy(() -> new Retries(0, Duration.ZERO, Duration.ZERO))
                .hasMessage("there is at least 1 attempt, is 0");
        assertThatThrownBy(() -> new Retries(1, Duration.ofSeconds(2), Duration.ofSeconds(1)))
                .hasMessageContaining("pauses grow");
    }

    @Test
    void doublesThePauseUpToTheLongest() {
        Retries retries = new Retries(9, Duration.ofSeconds(3), Duration.ofSeconds(20));
        assertThat(retries.pauseAfter(1)).hasSeconds(3);
        assertThat(retries.pauseAfter(2)).hasSeconds(6);
        assertThat(retries.pauseAfter(3)).hasSeconds(12);
        assertThat(retries.pauseAfter(4)).hasSeconds(20);
        assertThat(retries.pauseAfter(1_000_000)).hasSeconds(20);
    }

    @Test
    void keepsResultsInTheirFolder() {
        assertThatThrownBy(() -> new StoredResult("../x", "1", "2"))
                .hasMessage("a result is a file in the results folder, is \"../x\"");
        assertThatThrownBy(() -> new StoredResult("/x", "1", "2")).isInstanceOf(IllegalArgumentException.class);
    }
}
