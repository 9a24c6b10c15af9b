package org.segnode.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class SeriesLedgerTest extends LedgerTestBase {
    private static final String OTHER = "fedcba9876543210fedcba9876543210";

    @Test
    void opensASeriesOnce() {
        SeriesRow first = ledger.series().open(series(KEY));
        clock.advance(Duration.ofSeconds(1));
        assertThat(ledger.series().open(series(KEY))).isEqualTo(first);
        assertThat(first.state()).isEqualTo(SeriesState.OPEN);
        assertThat(first.revision()).isEqualTo(1);
        assertThat(ledger.series().find(KEY)).contains(first);
        assertThat(ledger.series().find(OTHER)).isEmpty();
    }

    @Test
    void notesWhatHasComeWhileItIsOpen() {
        ledger.series().open(series(KEY));
        ledger.series().seen(KEY, 12, clock.instant().plusSeconds(5), true);
        SeriesRow row = ledger.series().find(KEY).orElseThrow();
        assertThat(row.instances()).isEqualTo(12);
        assertThat(row.lastSeen()).isEqualTo(clock.instant().plusSeconds(5));
        ledger.series().close(KEY, 13);
        ledger.series().seen(KEY, 99, clock.instant(), true);
        assertThat(ledger.series().find(KEY).orElseThrow().instances()).isEqualTo(13);
    }

    @Test
    void closesOnlyWhatIsOpen() {
        assertThat(ledger.series().close(KEY, 1)).isFalse();
        ledger.series().open(series(KEY));
        assertThat(ledger.series().close(KEY, 1)).isTrue();
        assertThat(ledger.series().close(KEY, 1)).isFalse();
    }

    @Test
    void opensAClosedSeriesAgainAsItsNextRevision() {
        ledger.series().open(series(KEY));
        ledger.series().close(KEY, 1);
        SeriesRow again = ledger.series().open(series(KEY));
        assertThat(again.revision()).isEqualTo(2);
        assertThat(again.state()).isEqualTo(SeriesState.OPEN);
        assertThat(again.outcome()).isEmpty();
    }

    @Test
    void decidesOnlyTheRevisionThatWasLookedAt() {
        ledger.series().open(series(KEY));
        assertThat(decide(1)).as("open").isFalse();
        ledger.series().close(KEY, 1);
        assertThat(decide(2)).as("not there yet").isFalse();
        assertThat(decide(1)).isTrue();
        assertThat(decide(1)).as("decided already").isFalse();
        SeriesRow row = ledger.series().find(KEY).orElseThrow();
        assertThat(row.outcome()).contains(Outcome.NO_RULE);
        assertThat(row.reason()).isEqualTo("no rule for this series: CT, 3 slices");
    }

    private boolean decide(int revision) {
        return ledger.series()
                .decide(KEY, revision, Outcome.NO_RULE, "no rule for this series: CT, 3 slices", List.of());
    }

    @Test
    void queuesJobsInTheSameTransactionAsTheOutcome() {
        queued(KEY, "m");
        assertThat(ledger.series().find(KEY).orElseThrow().outcome()).contains(Outcome.QUEUED);
        assertThat(ledger.jobs().ofSeries(KEY)).hasSize(1);
    }

    @Test
    void writesNeitherOutcomeNorJobIfOneOfThemCannotBeWritten() {
        ledger.series().open(series(KEY));
        ledger.series().close(KEY, 1);
        NewJob tooLong = order(KEY, 1, "m", "d".repeat(200).repeat(1), "e".repeat(200));
        List<String> many = new java.util.ArrayList<>();
        for (int i = 0; i < 50; i++) {
            many.add("destination".repeat(10) + i);
        }
        NewJob broken = new NewJob(KEY, 1, "rule", "n", java.util.Optional.empty(), many, 0);
        assertThatThrownBy(() -> ledger.series().decide(KEY, 1, Outcome.QUEUED, "rule", List.of(tooLong, broken)))
                .hasMessageContaining("the ledger does not answer");
        assertThat(ledger.series().find(KEY).orElseThrow().state()).isEqualTo(SeriesState.CLOSED);
        assertThat(ledger.jobs().ofSeries(KEY)).isEmpty();
    }

    @Test
    void refusesAnOutcomeThatDoesNotFitItsJobs() {
        ledger.series().open(series(KEY));
        ledger.series().close(KEY, 1);
        assertThatThrownBy(() -> ledger.series().decide(KEY, 1, Outcome.QUEUED, "", List.of()))
                .hasMessage("series " + KEY + ": outcome QUEUED with 0 jobs");
        assertThatThrownBy(() -> ledger.series().decide(KEY, 1, Outcome.QUEUED, "", List.of(order(KEY, 2, "m"))))
                .hasMessageContaining("a job of series " + KEY + " revision 2");
    }

    @Test
    void waitsWithAStudyUntilNoneOfItsSeriesIsOpen() {
        ledger.series().open(series(KEY));
        ledger.series().open(series(OTHER));
        ledger.series().close(KEY, 1);
        assertThat(ledger.series().quietStudies()).isEmpty();
        ledger.series().close(OTHER, 1);
        assertThat(ledger.series().quietStudies()).containsExactly("1.2.3");
        assertThat(ledger.series().ofStudy("1.2.3"))
                .extracting(SeriesRow::seriesKey)
                .containsExactly(KEY, OTHER);
        assertThat(ledger.series().unfinished()).hasSize(2);
        decide(1);
        assertThat(ledger.series().in(SeriesState.CLOSED))
                .extracting(SeriesRow::seriesKey)
                .containsExactly(OTHER);
        assertThat(ledger.series().outcomes())
                .containsEntry(Outcome.NO_RULE, 1L)
                .containsEntry(Outcome.QUEUED, 0L);
    }

    @Test
    void keepsSeriesOverARestart() {
        SeriesRow row = ledger.series().open(series(KEY));
        reopenLedger();
        assertThat(ledger.series().find(KEY)).contains(row);
    }

    @Test
    void refusesKeysAndUidsThatAreNone() {
        assertThatThrownBy(() -> new NewSeries("../etc", "1.2", "1.3", "", ""))
                .hasMessage("a series key has 32 hexadecimal digits, is \"../etc\"");
        assertThatThrownBy(() -> new NewSeries(KEY, "", "1.3", "", ""))
                .hasMessage("Study Instance UID has 1 to 64 characters, is \"\"");
    }
}
