package org.segnode.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.segnode.HandClock;
import org.segnode.TemporaryException;
import org.segnode.ledger.NewSeries;
import org.segnode.node.settings.CompletenessSettings;
import org.segnode.pacs.Archive;
import org.segnode.pacs.Intake;
import org.segnode.pacs.Match;
import org.segnode.pacs.Matches;
import org.segnode.pacs.Query;
import org.segnode.pacs.QueryLevel;
import org.segnode.pacs.Retrieval;
import org.segnode.pacs.Retrieved;
import org.segnode.pacs.Spool;

class ArchiveCountsTest {
    private static final Duration INTERVAL = Duration.ofSeconds(30);
    private static final NewSeries SERIES = new NewSeries("a".repeat(32), "1.9", "1.1", "CT1", "NODE");

    @TempDir
    Path folder;

    private final HandClock clock = new HandClock();
    private final PretendedArchive archive = new PretendedArchive();
    private Spool spool;
    private ArchiveCounts counts;

    /** Has a number of objects. */
    private static final class PretendedArchive implements Archive {
        final List<Retrieval> fetched = new CopyOnWriteArrayList<>();
        volatile int objects;
        volatile boolean absent;
        volatile boolean saysCounts = true;
        volatile int asked;

        @Override
        public Matches find(Query query) {
            asked++;
            if (absent) {
                throw new TemporaryException("no association", new java.io.IOException("refused"));
            }
            List<Match> found = new ArrayList<>();
            if (query.level() == QueryLevel.SERIES && objects > 0) {
                found.add(new Match(
                        QueryLevel.SERIES,
                        saysCounts
                                ? Map.of("SeriesInstanceUID", "1.1", "NumberOfSeriesRelatedInstances", "" + objects)
                                : Map.of("SeriesInstanceUID", "1.1")));
            } else if (query.level() == QueryLevel.IMAGE) {
                IntStream.range(0, objects)
                        .mapToObj(n -> new Match(QueryLevel.IMAGE, Map.of("SOPInstanceUID", "1.1." + n)))
                        .forEach(found::add);
            }
            return new Matches(found, true, 0);
        }

        @Override
        public Retrieved fetch(Retrieval what, Intake intake) {
            fetched.add(what);
            return new Retrieved(what.sopInstanceUids().size() - 1, 1);
        }
    }

    @BeforeEach
    void setUp() {
        spool = new Spool(folder);
        counts = counts(false);
    }

    @AfterEach
    void tearDown() {
        counts.close();
    }

    private ArchiveCounts counts(boolean fetchMissing) {
        CompletenessSettings settings = new CompletenessSettings(
                Duration.ofMinutes(10), Duration.ofMinutes(1), INTERVAL, fetchMissing, Duration.ZERO);
        return new ArchiveCounts(List.of(new SourceArchive("pacs", Set.of("CT1"), archive)), settings, spool, clock);
    }

    private ArchiveCount now() {
        return counts.of(SERIES, 5, false).orElseThrow();
    }

    private void await(ArchiveCount.State state, int objects) {
        org.awaitility.Awaitility.await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> {
            assertThat(now().state()).isEqualTo(state);
            assertThat(now().objects()).isEqualTo(objects);
        });
    }

    @Test
    void theSameCountTwiceSomeTimeApartIsConfirmed() {
        archive.objects = 5;
        await(ArchiveCount.State.ONCE, 5);
        assertThat(archive.asked).isEqualTo(1);
        clock.advance(INTERVAL.minusMillis(1));
        now();
        assertThat(archive.asked).as("too early").isEqualTo(1);
        clock.advance(Duration.ofMillis(1));
        await(ArchiveCount.State.CONFIRMED, 5);
        clock.advance(INTERVAL);
        now();
        assertThat(archive.asked).as("it is known").isEqualTo(2);
    }

    @Test
    void aCountThatGrowsIsNotConfirmed() {
        archive.objects = 5;
        await(ArchiveCount.State.ONCE, 5);
        archive.objects = 6;
        clock.advance(INTERVAL);
        await(ArchiveCount.State.ONCE, 6);
    }

    @Test
    void anArchiveThatSaysNoCountIsCountedByItsInstances() {
        archive.objects = 7;
        archive.saysCounts = false;
        await(ArchiveCount.State.ONCE, 7);
    }

    @Test
    void anArchiveThatIsAbsentOrDoesNotKnowTheSeriesIsUnknownAndAskedAgain() {
        archive.absent = true;
        await(ArchiveCount.State.UNKNOWN, 0);
        assertThat(now().note()).contains("does not answer: no association");
        archive.absent = false;
        clock.advance(INTERVAL);
        org.awaitility.Awaitility.await()
                .untilAsserted(() -> assertThat(now().note()).isEmpty());
        assertThat(now().state()).isEqualTo(ArchiveCount.State.UNKNOWN);
    }

    @Test
    void nobodyIsAskedWhileObjectsAreComingOrForOtherSenders() {
        archive.objects = 5;
        assertThat(counts.of(SERIES, 5, true).orElseThrow().state()).isEqualTo(ArchiveCount.State.ASKED);
        assertThat(counts.of(new NewSeries("b".repeat(32), "1.9", "1.2", "MR1", "NODE"), 5, false))
                .isEmpty();
        assertThat(archive.asked).isZero();
    }

    @Test
    void whatTheArchiveHasMoreIsFetchedOnce() {
        counts = counts(true);
        counts.fetchInto(new Intake(spool, new NobodyListens(), 0));
        archive.objects = 8;
        await(ArchiveCount.State.ONCE, 8);
        clock.advance(INTERVAL);
        org.awaitility.Awaitility.await()
                .untilAsserted(() -> assertThat(now().note()).isEqualTo("7 of 8 missing ones fetched"));
        clock.advance(INTERVAL);
        await(ArchiveCount.State.CONFIRMED, 8);
        assertThat(archive.fetched)
                .singleElement()
                .satisfies(what -> assertThat(what.sopInstanceUids()).hasSize(8));
    }
}
