package org.segnode.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A result that was sent is asked for, reported, asked for again; the process may die between any two steps. */
class CommitmentsTest extends LedgerTestBase {
    private static final Duration TIMEOUT = Duration.ofMinutes(5);

    private Job job;

    @BeforeEach
    void resultIsSent() {
        queued(KEY, "m", "pacs");
        job = claimed();
        ledger.jobs().complete(job, List.of(new AddressedResult(RESULT, List.of("pacs"))));
        send();
    }

    private void send() {
        assertThat(ledger.deliveries()
                        .sent(ledger.deliveries().claimDueTo("pacs", 1).get(0)))
                .isTrue();
    }

    private Delivery ask(String transaction) {
        return ledger.commitments().request("pacs", transaction, TIMEOUT, 10).get(0);
    }

    private Delivery row() {
        return ledger.deliveries().ofJob(job.id()).get(0);
    }

    @Test
    void theJobIsCompleteOnlyWhenTheResultIsCommitted() {
        assertThat(now(job).state()).isEqualTo(JobState.SEGMENTED);
        Delivery asked = ask("1.1");
        assertThat(row().state()).isEqualTo(DeliveryState.COMMIT_REQUESTED);
        assertThat(now(job).state()).isEqualTo(JobState.SEGMENTED);

        assertThat(ledger.commitments().committed(asked)).isTrue();

        assertThat(row().state()).isEqualTo(DeliveryState.COMMITTED);
        assertThat(now(job).state()).isEqualTo(JobState.COMPLETE);
        assertThat(ledger.commitments().committed(asked)).as("twice").isFalse();
    }

    @Test
    void knowsTheObjectsOfATransactionAndNoneOfAnother() {
        ask("1.1");

        assertThat(ledger.commitments().of("1.1")).extracting(Delivery::id).containsExactly(row().id());
        assertThat(ledger.commitments().of("1.2")).isEmpty();
    }

    @Test
    void whatIsNotReportedInTimeIsAskedForAgainAndALateReportStillCounts() {
        Delivery first = ask("1.1");
        assertThat(ledger.commitments().expire("pacs", 10)).isEmpty();
        assertThat(row().state()).as("there is time left").isEqualTo(DeliveryState.COMMIT_REQUESTED);

        clock.advance(TIMEOUT);
        assertThat(ledger.commitments().expire("pacs", 10)).as("not given up").isEmpty();
        assertThat(row().state()).isEqualTo(DeliveryState.SENT);
        Delivery second = ask("1.2");
        assertThat(second.commitments()).isEqualTo(2);

        assertThat(ledger.commitments().committed(first)).isTrue();
        assertThat(now(job).state()).isEqualTo(JobState.COMPLETE);
    }

    @Test
    void whatIsNeverReportedIsGivenUpAfterTheLastRequestWithTheReason() {
        ask("1.1");
        clock.advance(TIMEOUT);
        ledger.commitments().expire("pacs", 10);
        ask("1.2");
        clock.advance(TIMEOUT);

        assertThat(ledger.commitments().expire("pacs", 10))
                .extracting(Delivery::id)
                .containsExactly(row().id());

        assertThat(row().state()).isEqualTo(DeliveryState.FAILED);
        assertThat(now(job).reason())
                .isEqualTo("not delivered to pacs: sent, but not committed: no report on its storage commitment in time"
                        + " (request 2, the last)");
    }

    @Test
    void whatIsNotCommittedIsSentAgainAfterAPauseAndGivenUpAfterTheLastAttempt() {
        Delivery first = ask("1.1");
        assertThat(ledger.commitments().notCommitted(first, "9.9", "another transaction"))
                .isFalse();
        assertThat(ledger.commitments().notCommitted(first, "1.1", "0112")).isTrue();
        assertThat(row().state()).isEqualTo(DeliveryState.WAITING);
        assertThat(ledger.deliveries().claimDueTo("pacs", 1))
                .as("the pause is not over")
                .isEmpty();

        clock.advance(Duration.ofSeconds(10));
        send();
        ledger.commitments().notCommitted(ask("1.2"), "1.2", "0112");

        assertThat(row().state()).isEqualTo(DeliveryState.FAILED);
        assertThat(row().reason()).isEqualTo("0112 (attempt 2, the last)");
    }

    @Test
    void whereTheDestinationCannotBeAskedItIsAskedAgainAfterAPause() {
        Delivery asked = ask("1.1");
        assertThat(ledger.commitments().notAsked(asked, "1.1", "no association"))
                .isTrue();
        assertThat(ledger.commitments().request("pacs", "1.2", TIMEOUT, 10)).isEmpty();

        clock.advance(Duration.ofSeconds(10));

        assertThat(ask("1.2").reason()).isEqualTo("no association");
    }

    @Test
    void aProcessThatDiesBetweenTwoStepsCostsARepeatAtMost() {
        reopenLedger();
        assertThat(row().state()).as("sent, not asked for").isEqualTo(DeliveryState.SENT);
        ask("1.1");
        reopenLedger();
        assertThat(row().state()).as("asked for, or just about to be").isEqualTo(DeliveryState.COMMIT_REQUESTED);
        clock.advance(TIMEOUT);
        ledger.commitments().expire("pacs", 10);
        Delivery again = ask("1.2");
        reopenLedger();
        assertThat(ledger.commitments().of("1.2"))
                .as("reported to the next process")
                .hasSize(1);
        ledger.commitments().committed(again);
        reopenLedger();
        assertThat(now(job).state()).isEqualTo(JobState.COMPLETE);
    }
}
