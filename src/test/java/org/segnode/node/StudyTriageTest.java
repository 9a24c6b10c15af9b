package org.segnode.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.segnode.HandClock;
import org.segnode.dicom.SeriesReader;
import org.segnode.ledger.Closing;
import org.segnode.ledger.ClosingRule;
import org.segnode.ledger.Job;
import org.segnode.ledger.JobInput;
import org.segnode.ledger.JobState;
import org.segnode.ledger.Ledger;
import org.segnode.ledger.LedgerConfiguration;
import org.segnode.ledger.NewSeries;
import org.segnode.ledger.Outcome;
import org.segnode.ledger.SeriesRow;
import org.segnode.ledger.SeriesState;
import org.segnode.node.settings.Rule;
import org.segnode.node.settings.Settings;
import org.segnode.pacs.Spool;

class StudyTriageTest {
    private static final Path SAMPLES = Path.of("dicom-samples");
    private static final String STUDY = "1.9";

    @TempDir
    Path folder;

    private static final Duration WAIT = Duration.ofMinutes(30);
    private static final String TWO = "- {name: brain, models: [m], inputs: [{channel: T1, when: {slices: 11..}},"
            + " {channel: FLAIR, when: {slices: 10}}]}";

    private final HandClock clock = new HandClock();
    private Ledger ledger;
    private Spool spool;

    @BeforeEach
    void setUp() {
        ledger = Ledger.open(LedgerConfiguration.embedded(folder).withClock(clock));
        spool = new Spool(folder.resolve("spool"));
    }

    @AfterEach
    void tearDown() {
        ledger.close();
    }

    @Test
    void aVolumeThatARuleAsksForIsQueuedWithItsJob() throws IOException {
        String series = arrived("1.1", "case-006", 1000);

        triage("- {name: r, models: [m], when: {modality: MR}}").decide(STUDY);

        assertThat(row(series).outcome()).contains(Outcome.QUEUED);
        assertThat(ledger.jobs().ofSeries(series)).singleElement().satisfies(job -> {
            assertThat(job.state()).isEqualTo(JobState.READY);
            assertThat(job.model()).isEqualTo("m");
            assertThat(job.order().destinations()).containsExactly("pacs");
        });
        assertThat(ledger.series().quietStudies()).isEmpty();
    }

    @Test
    void howEverySeriesLiesIsKept() throws IOException {
        String gap = arrived("1.1", "case-006", 1000);
        List<Path> files = spool.files(gap);
        Files.delete(files.get(9));
        String even = arrived("1.2", "case-251", 1000);

        triage("- {name: r, models: [m], when: {modality: MR}}").decide(STUDY);

        assertThat(row(gap).outcome()).as("filled for the network").contains(Outcome.QUEUED);
        assertThat(ledger.series().geometry(gap).orElseThrow())
                .contains("\"kind\":\"GAP\"", "\"decision\":\"REPAIRED\"");
        assertThat(ledger.series().geometry(even).orElseThrow())
                .as("of the series that was not chosen too")
                .contains("\"plane\":\"AXIAL\"", "\"slices\":28", "\"decision\":\"ACCEPTED\"");
    }

    @Test
    void eachOtherSeriesHasAnOutcomeWithAReasonToo() throws IOException {
        String gap = arrived("1.1", "case-006", 1000);
        Files.delete(spool.files(gap).get(9));
        Files.delete(spool.files(gap).get(10));
        String garbage = arrived("1.2", "case-006", 0);
        Files.createDirectories(spool.seriesFolder(garbage));
        Files.writeString(spool.seriesFolder(garbage).resolve("e".repeat(32) + ".dcm"), "no DICOM");
        String few = arrived("1.3", "case-251", 3);

        triage("- {name: r, models: [m], every: true, when: {slices: 10..}, geometry: {gaps: {fill-up-to: 0}}}")
                .decide(STUDY);

        assertThat(row(gap).outcome()).contains(Outcome.REFUSED);
        assertThat(row(gap).reason()).containsPattern("missing|gap|spacing");
        assertThat(row(garbage).outcome()).contains(Outcome.REFUSED);
        assertThat(row(garbage).reason()).containsPattern("not a.*DICOM file");
        assertThat(row(few).outcome()).contains(Outcome.NO_RULE);
        assertThat(row(few).reason()).startsWith("no rule for this series: MR, 3 slices");
        assertThat(ledger.jobs().counts().values()).containsOnly(0L);
    }

    @Test
    void whatHoldsNoImagesIsKeptAndNotProcessed() throws IOException {
        String report = arrived("1.1", "case-006", 0);
        Files.createDirectories(spool.seriesFolder(report));
        Files.copy(
                Path.of("src/test/resources/dicom/others/test-SR.dcm"),
                spool.seriesFolder(report).resolve("e".repeat(32) + ".dcm"));

        triage("- {name: r, models: [m]}").decide(STUDY);

        assertThat(row(report).outcome()).contains(Outcome.NOT_IMAGES);
        assertThat(row(report).reason()).isEqualTo("kept, not processed: SOP class 1.2.840.10008.5.1.4.1.1.88.33");
        assertThat(spool.files(report)).hasSize(1);
    }

    @Test
    void decidingTwiceChangesNothing() throws IOException {
        String series = arrived("1.1", "case-006", 1000);
        StudyTriage triage = triage("- {name: r, models: [m]}");
        triage.decide(STUDY);
        SeriesRow first = row(series);

        triage.decide(STUDY);

        assertThat(row(series)).isEqualTo(first);
        assertThat(ledger.jobs().ofSeries(series)).hasSize(1);
    }

    @Test
    void aSeriesThatComesLaterIsComparedWithTheOneThatWasTaken() throws IOException {
        StudyTriage triage = triage("- {name: r, models: [m]}");
        String first = arrived("1.1", "case-006", 1000);
        triage.decide(STUDY);

        String second = arrived("1.2", "case-251", 10);
        triage.decide(STUDY);

        assertThat(row(first).outcome()).contains(Outcome.QUEUED);
        assertThat(row(second).outcome()).contains(Outcome.NOT_CHOSEN);
        assertThat(row(second).reason()).contains("more slices");
    }

    @Test
    void aStudyThatIsGivenUpHasTheReason() throws IOException {
        String series = arrived("1.1", "case-006", 1000);

        triage("[]").giveUp(STUDY, "the program failed");

        assertThat(row(series).state()).isEqualTo(SeriesState.DECIDED);
        assertThat(row(series).reason()).isEqualTo("the program failed");
    }

    @Test
    void aModelOfTwoSeriesGetsOneJobWithBoth() throws IOException {
        String t1 = arrived("1.1", "case-006", 1000);
        String flair = arrived("1.2", "case-251", 10);

        triage(TWO).decide(STUDY);

        assertThat(row(t1).outcome()).contains(Outcome.QUEUED);
        assertThat(row(flair).outcome()).contains(Outcome.CHANNEL);
        assertThat(row(flair).reason()).startsWith("channel FLAIR of rule brain, with series ");
        assertThat(ledger.jobs().ofSeries(t1))
                .singleElement()
                .satisfies(job -> assertThat(job.order().further()).containsExactly(new JobInput("FLAIR", flair, 1)));
        assertThat(ledger.jobs().withInput(flair)).hasSize(1);
    }

    @Test
    void whatAModelNeedsBesideIsAwaitedAndThenNamed() throws IOException {
        String t1 = arrived("1.1", "case-006", 1000);
        StudyTriage triage = triage(TWO);
        triage.decide(STUDY);
        assertThat(row(t1).state()).isEqualTo(SeriesState.CLOSED);
        clock.advance(WAIT);
        triage.decide(STUDY);

        assertThat(row(t1).outcome()).contains(Outcome.INPUT_MISSING);
        assertThat(row(t1).reason()).isEqualTo("rule brain lacks channel FLAIR");
        assertThat(ledger.series().quietStudies()).isEmpty();
    }

    @Test
    void anInputThatComesWhileItIsAwaitedOrAfterwardsIsTaken() throws IOException {
        String t1 = arrived("1.1", "case-006", 1000);
        StudyTriage triage = triage(TWO);
        triage.decide(STUDY);
        clock.advance(WAIT);
        triage.decide(STUDY);

        String flair = arrived("1.2", "case-251", 10);
        triage.decide(STUDY);

        assertThat(row(t1).outcome()).contains(Outcome.QUEUED);
        assertThat(row(flair).outcome()).contains(Outcome.CHANNEL);
        assertThat(ledger.jobs().ofSeries(t1)).hasSize(1);
    }

    @Test
    void aLateSliceOfAFurtherInputSupersedesTheJobOfTheFirst() throws IOException {
        String t1 = arrived("1.1", "case-006", 1000);
        String flair = arrived("1.2", "case-251", 10);
        StudyTriage triage = triage(TWO);
        triage.decide(STUDY);

        ledger.series().open(new NewSeries(flair, STUDY, "1.2", "MR1", "SEGNODE"));
        assertThat(ledger.jobs().ofSeries(t1).get(0).state()).isEqualTo(JobState.SUPERSEDED);
        assertThat(row(t1).revision()).isEqualTo(2);
        ledger.series().close(flair, 10);
        triage.decide(STUDY);

        assertThat(ledger.jobs().ofSeries(t1))
                .extracting(Job::state)
                .containsExactly(JobState.SUPERSEDED, JobState.READY);
        assertThat(ledger.jobs().ofSeries(t1).get(1).order().further())
                .containsExactly(new JobInput("FLAIR", flair, 2));
    }

    @Test
    void aSeriesThatIsExpectedBesideIsAwaitedButNotForEver() throws IOException {
        String series = arrived("1.1", "case-006", 1000);
        StudyTriage triage = triage("- {name: r, models: [m], expected-series: [no such description]}");
        triage.decide(STUDY);
        assertThat(row(series).state()).isEqualTo(SeriesState.CLOSED);
        clock.advance(WAIT);
        triage.decide(STUDY);
        assertThat(row(series).outcome()).contains(Outcome.QUEUED);
        assertThat(row(series).reason()).isEqualTo("model m by rule r; a series like no such description has not come");
    }

    @Test
    void aSeriesThatIsShortSaysHowManyOfHowMany() throws IOException {
        String series = arrived("1.1", "case-006", 1000);
        ledger.series().open(new NewSeries(series, STUDY, "1.1", "MR1", "SEGNODE"));
        triage("- {name: r, models: [m]}").decide(STUDY);
        ledger.series().open(new NewSeries(series, STUDY, "1.1", "MR1", "SEGNODE"));
        ledger.series().close(series, new Closing(ClosingRule.TIMER, "nothing came", 30, OptionalInt.of(33)));
        triage("- {name: r, models: [m]}").decide(STUDY);
        assertThat(row(series).reason()).isEqualTo("model m by rule r; 30 of 33 objects came");
    }

    private StudyTriage triage(String rules) throws IOException {
        Path file = folder.resolve("rules.yaml");
        Files.writeString(file, "rules:\n" + rules.indent(2));
        List<Rule> read = Settings.read(file, Map.of()).rules();
        return new StudyTriage(
                ledger.series(), spool, new SeriesReader(), new RuleBook(read, List.of("pacs")), WAIT, clock);
    }

    private SeriesRow row(String key) {
        return ledger.series().find(key).orElseThrow();
    }

    /** A closed series with the first {@code most} slices of a sample. */
    private String arrived(String seriesUid, String sample, int most) throws IOException {
        String key = Spool.seriesKey(STUDY, seriesUid);
        Files.createDirectories(spool.seriesFolder(key));
        try (Stream<Path> slices = Files.list(SAMPLES.resolve(sample).resolve("series"))) {
            List<Path> files = slices.sorted().limit(most).toList();
            for (int n = 0; n < files.size(); n++) {
                Files.copy(files.get(n), spool.seriesFolder(key).resolve(String.format("%032x.dcm", n)));
            }
        }
        ledger.series().open(new NewSeries(key, STUDY, seriesUid, "MR1", "SEGNODE"));
        ledger.series().close(key, spool.files(key).size());
        return key;
    }
}
