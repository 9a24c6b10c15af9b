package org.segnode.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.segnode.ledger.Closing;
import org.segnode.ledger.ClosingRule;
import org.segnode.node.settings.CompletenessSettings;

class CompletenessTest {
    private static final Duration QUIET = Duration.ofSeconds(30);
    private static final Duration LONGEST = Duration.ofMinutes(10);
    private static final Duration NOW = Duration.ZERO;

    private final Completeness completeness = new Completeness(
            QUIET,
            new CompletenessSettings(LONGEST, Duration.ofMinutes(1), Duration.ofSeconds(30), false, Duration.ZERO));

    private Optional<Expectation> expected = Optional.empty();
    private Optional<ArchiveCount> archive = Optional.empty();
    private Optional<String> gap = Optional.empty();
    private boolean bringing;
    private boolean released = true;

    private Optional<Closing> judge(int here, Duration quiet) {
        return completeness.judge(new Evidence(here, bringing, released, quiet, expected, archive, () -> gap));
    }

    private void assertAwaited(int here, Duration quiet) {
        assertThat(judge(here, quiet)).isEmpty();
    }

    private void assertClosed(ClosingRule rule, String proof, int here, Duration quiet) {
        Closing closing = judge(here, quiet).orElseThrow();
        assertThat(closing.rule()).isEqualTo(rule);
        assertThat(closing.proof()).isEqualTo(proof);
        assertThat(closing.instances()).isEqualTo(here);
    }

    @Test
    void whatIsReleasedAndQuietIsClosed() {
        assertAwaited(5, QUIET.minusMillis(1));
        assertClosed(ClosingRule.RELEASED_AND_QUIET, "released and quiet for 30 s", 5, QUIET);
    }

    @Test
    void theNumberThatARuleExpectsClosesAtOnce() {
        expected = Optional.of(new Expectation(176, "rule t1"));
        assertClosed(ClosingRule.EXPECTED_COUNT, "176 of 176 objects, as rule t1 expects", 176, NOW);
        bringing = true;
        assertAwaited(176, NOW);
    }

    @Test
    void fewerThanARuleExpectsWaitForTheTimerWhichSaysHowMany() {
        expected = Optional.of(new Expectation(176, "rule t1"));
        assertAwaited(170, LONGEST.minusMillis(1));
        assertClosed(
                ClosingRule.TIMER, "nothing came for 600 s; 170 of the 176 objects that rule t1 expects", 170, LONGEST);
        assertThat(judge(170, LONGEST).orElseThrow().isShort()).isTrue();
    }

    @Test
    void moreThanARuleExpectsLeavesTheDecisionToTheNextProof() {
        expected = Optional.of(new Expectation(176, "rule t1"));
        assertAwaited(180, NOW);
        assertClosed(ClosingRule.RELEASED_AND_QUIET, "released and quiet for 30 s", 180, QUIET);
    }

    @Test
    void theSameCountTwiceAtTheArchiveClosesBeforeTheQuietTime() {
        archive = count(ArchiveCount.State.CONFIRMED, 20);
        assertClosed(ClosingRule.ARCHIVE_COUNT, "20 of 20 objects, counted twice at archive pacs", 20, NOW);
        released = false;
        assertAwaited(20, QUIET);
    }

    @Test
    void oneCountIsNotEnough() {
        archive = count(ArchiveCount.State.ONCE, 20);
        assertAwaited(20, QUIET.multipliedBy(2));
        archive = count(ArchiveCount.State.ASKED, 0);
        assertAwaited(20, QUIET.multipliedBy(2));
    }

    @Test
    void whileTheArchiveHasMoreTheRestIsAwaited() {
        archive = count(ArchiveCount.State.CONFIRMED, 24);
        assertAwaited(20, LONGEST.minusMillis(1));
        assertClosed(ClosingRule.TIMER, "nothing came for 600 s; archive pacs has 24", 20, LONGEST);
        assertThat(judge(20, LONGEST).orElseThrow().expected()).hasValue(24);
    }

    @Test
    void anArchiveThatIsBehindOrSilentLeavesTheDecisionToTheQuietTime() {
        archive = count(ArchiveCount.State.CONFIRMED, 3);
        assertClosed(ClosingRule.RELEASED_AND_QUIET, "released and quiet for 30 s; archive pacs has 3", 20, QUIET);
        archive = Optional.of(new ArchiveCount("pacs", ArchiveCount.State.UNKNOWN, 0, "does not answer: refused"));
        assertClosed(
                ClosingRule.RELEASED_AND_QUIET,
                "released and quiet for 30 s; archive pacs gave no count (does not answer: refused)",
                20,
                QUIET);
    }

    @Test
    void aGapBetweenSlicesDelaysButDoesNotBlock() {
        gap = Optional.of("2 slices are missing");
        assertAwaited(18, QUIET);
        assertClosed(
                ClosingRule.RELEASED_AND_QUIET,
                "released and quiet for 30 s; 2 slices are missing",
                18,
                QUIET.plusMinutes(1));
    }

    @Test
    void aBrokenAssociationWaitsForTheTimer() {
        released = false;
        assertAwaited(5, LONGEST.minusMillis(1));
        assertClosed(ClosingRule.TIMER, "nothing came for 600 s; the association broke", 5, LONGEST);
    }

    private static Optional<ArchiveCount> count(ArchiveCount.State state, int objects) {
        return Optional.of(new ArchiveCount("pacs", state, objects, ""));
    }
}
