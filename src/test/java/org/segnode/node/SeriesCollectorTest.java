package org.segnode.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.segnode.HandClock;
import org.segnode.ledger.Closing;
import org.segnode.ledger.ClosingRule;
import org.segnode.ledger.Ledger;
import org.segnode.ledger.LedgerConfiguration;
import org.segnode.ledger.NewSeries;
import org.segnode.ledger.SeriesRow;
import org.segnode.ledger.SeriesState;
import org.segnode.node.settings.Settings;
import org.segnode.pacs.ReceivedInstance;
import org.segnode.pacs.Spool;

class SeriesCollectorTest {
    private static final Duration QUIET = Duration.ofSeconds(30);
    private static final Duration LONGEST = Duration.ofMinutes(10);
    private static final Settings SETTINGS = Settings.defaults(Path.of("."));
    private static final Path SAMPLE = Path.of("dicom-samples/case-006/series");

    @TempDir
    Path folder;

    private final HandClock clock = new HandClock();
    private Ledger ledger;
    private Spool spool;
    private SeriesCollector collector;

    @BeforeEach
    void setUp() {
        spool = new Spool(folder.resolve("spool"));
        ledger = openLedger();
        collector = collector();
    }

    private SeriesCollector collector() {
        return new SeriesCollector(
                ledger.series(),
                ledger.refusals(),
                spool,
                new Completeness(QUIET, SETTINGS.completeness()),
                Witnesses.NONE,
                clock);
    }

    @AfterEach
    void tearDown() {
        ledger.close();
    }

    @Test
    void theFirstObjectOpensARowBeforeItIsAnswered() {
        collector.received(instance("1.1", 1, 7));

        SeriesRow row = row("1.1");
        assertThat(row.state()).isEqualTo(SeriesState.OPEN);
        assertThat(row.series()).isEqualTo(new NewSeries(key("1.1"), "1.9", "1.1", "MR1", "SEGNODE"));
        assertThat(collector.openSeries()).isEqualTo(1);
        assertThat(collector.receivedObjects()).isEqualTo(1);
    }

    @Test
    void aSeriesIsClosedOnlyWhenItsAssociationHasEndedAndTheQuietTimeIsOver() {
        collector.received(instance("1.1", 1, 7));
        clock.advance(QUIET.multipliedBy(10));
        collector.closeComplete();
        assertThat(collector.openSeries()).as("its association is open").isEqualTo(1);

        collector.associationEnded(7, true);
        clock.advance(QUIET.minusMillis(1));
        collector.closeComplete();
        assertThat(collector.openSeries()).as("the quiet time is not over").isEqualTo(1);

        clock.advance(Duration.ofMillis(1));
        collector.closeComplete();
        assertThat(collector.openSeries()).isZero();
        assertThat(row("1.1").state()).isEqualTo(SeriesState.CLOSED);
        assertThat(row("1.1").instances()).isEqualTo(1);
        assertThat(ledger.series().quietStudies()).containsExactly("1.9");
    }

    @Test
    void everyAssociationThatBroughtSomethingMustHaveEnded() {
        collector.received(instance("1.1", 1, 7));
        collector.received(instance("1.1", 2, 8));
        collector.associationEnded(7, true);
        clock.advance(QUIET);
        collector.closeComplete();
        assertThat(collector.openSeries()).isEqualTo(1);

        collector.associationEnded(8, true);
        clock.advance(QUIET);
        collector.closeComplete();
        assertThat(collector.openSeries()).isZero();
    }

    @Test
    void theEndOfAnotherAssociationDoesNotDelayASeries() {
        collector.received(instance("1.1", 1, 7));
        collector.associationEnded(7, true);
        clock.advance(QUIET);
        collector.associationEnded(99, true);

        collector.closeComplete();

        assertThat(collector.openSeries()).isZero();
    }

    @Test
    void aLateSliceOpensTheSeriesAgainWithTheNextRevision() {
        close("1.1", 1);
        assertThat(row("1.1").revision()).isEqualTo(1);

        collector.received(instance("1.1", 2, 8));

        assertThat(row("1.1").revision()).isEqualTo(2);
        assertThat(collector.openSeries()).isEqualTo(1);
        assertThat(ledger.series().quietStudies()).isEmpty();
    }

    @Test
    void theVerySameObjectAgainDoesNotOpenAClosedSeries() {
        close("1.1", 1);

        collector.received(unchanged("1.1", 1, 8));

        assertThat(collector.openSeries()).isZero();
        assertThat(row("1.1").revision()).isEqualTo(1);
    }

    @Test
    void anObjectThatLayInTheSpoolWithoutARowOpensOne() {
        collector.received(unchanged("1.1", 1, 8));

        assertThat(collector.openSeries()).isEqualTo(1);
    }

    @Test
    void aStudyIsQuietOnlyWhenNoneOfItsSeriesIsOpen() {
        close("1.1", 1);
        collector.received(instance("1.2", 1, 8));

        assertThat(ledger.series().quietStudies()).isEmpty();

        collector.associationEnded(8, true);
        clock.advance(QUIET);
        collector.closeComplete();
        assertThat(ledger.series().quietStudies()).containsExactly("1.9");
    }

    @Test
    void whereTheRowCannotBeWrittenTheObjectIsRefusedAndTheNextTryCounts() {
        ledger.close();
        assertThatThrownBy(() -> collector.received(instance("1.1", 1, 7))).isInstanceOf(RuntimeException.class);
        assertThat(collector.openSeries()).isZero();

        ledger = openLedger();
        collector = collector();
        collector.received(unchanged("1.1", 1, 7));
        assertThat(collector.openSeries()).isEqualTo(1);
    }

    @Test
    void afterARestartWhatWasNotClosedIsOpenAgain() throws IOException {
        collector.received(instance("1.1", 1, 7));
        close("1.2", 1);
        String withoutRow = sampleKey();
        sample("0001.dcm", withoutRow);

        SeriesCollector afterwards = collector();
        afterwards.recover();

        assertThat(ledger.series().in(SeriesState.OPEN))
                .extracting(SeriesRow::seriesKey)
                .containsExactlyInAnyOrder(key("1.1"), withoutRow);
        clock.advance(QUIET);
        afterwards.closeComplete();
        assertThat(afterwards.openSeries()).as("what brought them was cut off").isEqualTo(2);
        clock.advance(LONGEST);
        afterwards.closeComplete();
        assertThat(afterwards.openSeries()).isZero();
        assertThat(row("1.1").closing().orElseThrow().rule()).isEqualTo(ClosingRule.TIMER);
    }

    @Test
    void afterARestartWhatHadBeenReleasedNeedOnlyBeQuiet() {
        collector.received(instance("1.1", 1, 7));
        collector.associationEnded(7, true);

        SeriesCollector afterwards = collector();
        afterwards.recover();
        clock.advance(QUIET);
        afterwards.closeComplete();

        assertThat(row("1.1").closing().orElseThrow().rule()).isEqualTo(ClosingRule.RELEASED_AND_QUIET);
    }

    @Test
    void aBrokenAssociationLeavesItsSeriesOpenUntilItsWorkIsRepeated() {
        collector.received(instance("1.1", 1, 7));
        collector.associationEnded(7, false);
        clock.advance(QUIET);
        collector.closeComplete();
        assertThat(collector.openSeries()).isEqualTo(1);

        collector.received(instance("1.1", 2, 8));
        collector.associationEnded(8, true);
        clock.advance(QUIET);
        collector.closeComplete();
        assertThat(row("1.1").closing().orElseThrow().rule()).isEqualTo(ClosingRule.RELEASED_AND_QUIET);
    }

    @Test
    void anAssociationThatRanBesideABrokenOneRepeatsNothing() {
        collector.received(instance("1.1", 1, 7));
        collector.received(instance("1.1", 2, 8));
        collector.associationEnded(7, false);
        collector.associationEnded(8, true);
        clock.advance(QUIET);
        collector.closeComplete();
        assertThat(collector.openSeries()).isEqualTo(1);
    }

    @Test
    void aSeriesThatIsNeverReleasedIsClosedByTheTimer() {
        collector.received(instance("1.1", 1, 7));
        clock.advance(LONGEST);
        collector.closeComplete();
        Closing closing = row("1.1").closing().orElseThrow();
        assertThat(closing.rule()).isEqualTo(ClosingRule.TIMER);
        assertThat(closing.proof()).isEqualTo("nothing came for 600 s; the association is still open");
        assertThat(ledger.series().closings()).containsEntry(ClosingRule.TIMER, 1L);
    }

    @Test
    void afterARestartASeriesWithMoreObjectsThanItsRowSaysIsOpenAgain() throws IOException {
        String key = sampleKey();
        sample("0001.dcm", key);
        collector.recover();
        clock.advance(LONGEST);
        collector.closeComplete();
        assertThat(ledger.series().find(key).orElseThrow().instances()).isEqualTo(1);

        sample("0002.dcm", key);
        collector().recover();

        assertThat(ledger.series().find(key).orElseThrow().state()).isEqualTo(SeriesState.OPEN);
        assertThat(ledger.series().find(key).orElseThrow().revision()).isEqualTo(2);
    }

    @Test
    void anUnreadableFileOfTheSpoolDoesNotKeepTheNodeFromStarting() throws IOException {
        Files.createDirectories(spool.seriesFolder(key("1.1")));
        Files.writeString(spool.seriesFolder(key("1.1")).resolve("d".repeat(32) + ".dcm"), "not DICOM");

        collector.recover();

        assertThat(collector.openSeries()).isZero();
    }

    @Test
    void objectsOfManyAssociationsAtOnceAreAllCounted() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(4);
        List<Future<?>> runs = IntStream.range(0, 4)
                .<Future<?>>mapToObj(association -> threads.submit(() -> {
                    for (int n = 0; n < 250; n++) {
                        collector.received(
                                instance(n % 2 == 0 ? "1.1" : "1.2", 1000 * association + n, association + 1));
                        collector.closeComplete();
                    }
                    collector.associationEnded(association + 1, true);
                }))
                .toList();
        for (Future<?> run : runs) {
            run.get();
        }
        threads.shutdown();

        assertThat(collector.receivedObjects()).isEqualTo(1000);
        clock.advance(QUIET);
        collector.closeComplete();
        assertThat(List.of(row("1.1").revision(), row("1.2").revision())).containsExactly(1, 1);
        assertThat(row("1.1").instances()).isEqualTo(500);
    }

    private Ledger openLedger() {
        return Ledger.open(LedgerConfiguration.embedded(folder).withClock(clock));
    }

    private SeriesRow row(String series) {
        return ledger.series().find(key(series)).orElseThrow();
    }

    private String sampleKey() {
        ReceivedInstance sample = spool.describe(SAMPLE.resolve("0001.dcm"));
        return Spool.seriesKey(sample.studyInstanceUid(), sample.seriesInstanceUid());
    }

    private Path sample(String name, String seriesKey) throws IOException {
        Path file = spool.seriesFolder(seriesKey).resolve(name.substring(0, 4).repeat(8) + ".dcm");
        Files.createDirectories(file.getParent());
        return Files.copy(SAMPLE.resolve(name), file);
    }

    private void close(String series, int number) {
        collector.received(instance(series, number, 5));
        collector.associationEnded(5, true);
        clock.advance(QUIET);
        collector.closeComplete();
    }

    /** An object that has just been put into the spool. */
    private ReceivedInstance instance(String series, int number, long association) {
        try {
            Path file = spool.seriesFolder(key(series)).resolve(String.format("%032x.dcm", number));
            Files.createDirectories(file.getParent());
            Files.writeString(file, "object " + number);
            return instance(series, number, association, true, file);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private ReceivedInstance unchanged(String series, int number, long association) {
        return instance(series, number, association, false, folder.resolve("any.dcm"));
    }

    private static ReceivedInstance instance(String series, int number, long association, boolean changed, Path file) {
        return new ReceivedInstance(
                key(series),
                "1.9",
                series,
                series + "." + number,
                "1.2.840.10008.5.1.4.1.1.4",
                "MR1",
                "SEGNODE",
                association,
                changed,
                file);
    }

    private static String key(String series) {
        return Spool.seriesKey("1.9", series);
    }
}
