package org.segnode.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.segnode.ledger.Crop;
import org.segnode.ledger.NewJob;
import org.segnode.ledger.Outcome;
import org.segnode.node.settings.Rule;
import org.segnode.node.settings.Settings;

class RuleBookTest {
    @TempDir
    Path folder;

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(delimiter = '!', textBlock = """
            modality: CT                    ! yes !
            modality: [MR, CT]              ! yes !
            modality: MR                    ! no  ! modality MR
            body-part: abd|liver            ! yes !
            body-part: ^head                ! no  ! a body part like ^head
            study-description: CT ABD       ! yes !
            study-description: thorax       ! no  ! a study description like thorax
            series-description: PORTAL      ! yes !
            series-description: arterial    ! no  ! a series description like arterial
            protocol: ^routine$             ! yes !
            protocol: trauma                ! no  ! a protocol name like trauma
            image-type: original            ! yes !
            image-type: [ORIGINAL, AXIAL]   ! yes !
            image-type: [DERIVED, AXIAL]    ! no  ! image type DERIVED and AXIAL
            kernel: ^b30                    ! yes !
            kernel: ^b60                    ! no  ! a convolution kernel like ^b60
            slice-thickness: ..5mm          ! yes !
            slice-thickness: 0.5mm..3mm     ! no  ! a slice thickness of 0.5mm..3mm
            slices: 100                     ! yes !
            slices: 101..                   ! no  ! 101.. slices
            orientation: axial              ! yes !
            orientation: [coronal, oblique] ! no  ! orientation CORONAL or OBLIQUE
            calling-aet: CT1                ! yes !
            calling-aet: CT2                ! no  ! the sender CT2
            called-aet: [X, SEGNODE]        ! yes !
            called-aet: X                   ! no  ! the called AE title X
            """)
    void eachConditionDecides(String condition, String matches, String wanted) {
        Decision decision = decide("- {name: r, models: [m], when: {" + condition + "}}", Facts.of("1"))
                .get(0);

        assertThat(decision.outcome()).isEqualTo(matches.equals("yes") ? Outcome.QUEUED : Outcome.NO_RULE);
        if (wanted != null) {
            assertThat(decision.reason())
                    .isEqualTo("no rule for this series: CT, 100 slices of 5 mm, axial; rule r asks for " + wanted);
        }
    }

    @Test
    void aSeriesWithoutThicknessDoesNotMeetARangeOfThickness() {
        Decision decision = decide(
                        "- {name: r, models: [m], when: {slice-thickness: ..5mm}}",
                        Facts.of("1").withoutThickness())
                .get(0);

        assertThat(decision.outcome()).isEqualTo(Outcome.NO_RULE);
    }

    @Test
    void theBestSeriesOfAStudyIsTakenAndTheOthersSayWhyNot() {
        List<Decision> decisions = decide(
                "- {name: r, models: [m], prefer-kernels: [^B30, ^B40]}",
                Facts.of("1").thickness(0.5).imageType("DERIVED", "SECONDARY"),
                Facts.of("2").thickness(1).kernel("B60f"),
                Facts.of("3").thickness(3),
                Facts.of("4").thickness(2).slices(50),
                Facts.of("5").thickness(2).slices(60),
                Facts.of("6").withoutThickness());

        assertThat(decisions)
                .extracting(Decision::outcome)
                .containsExactly(
                        Outcome.NOT_CHOSEN,
                        Outcome.NOT_CHOSEN,
                        Outcome.NOT_CHOSEN,
                        Outcome.NOT_CHOSEN,
                        Outcome.QUEUED,
                        Outcome.NOT_CHOSEN);
        assertThat(decisions)
                .extracting(Decision::reason)
                .containsExactly(
                        "series 5 is ORIGINAL (rule r)",
                        "series 5 has a preferred kernel: B30f (rule r)",
                        "series 5 is thinner: 2 mm instead of 3 mm (rule r)",
                        "series 5 has more slices: 60 instead of 50 (rule r)",
                        "model m by rule r",
                        "series 5 is thinner: 2 mm instead of unknown (rule r)");
    }

    @Test
    void ofTwoEqualSeriesAlwaysTheSameIsTaken() {
        Facts first = Facts.of("1.1");
        Facts second = Facts.of("1.2");

        assertThat(decide("- {name: r, models: [m]}", second, first))
                .extracting(Decision::seriesKey, Decision::outcome)
                .containsExactly(tuple("key-1.2", Outcome.NOT_CHOSEN), tuple("key-1.1", Outcome.QUEUED));
    }

    @Test
    void everyMatchingSeriesIsTakenWhenTheRuleSaysSo() {
        assertThat(decide(
                        "- {name: r, models: [m], every: true}",
                        Facts.of("1"),
                        Facts.of("2").thickness(1)))
                .extracting(Decision::outcome)
                .containsExactly(Outcome.QUEUED, Outcome.QUEUED);
    }

    @Test
    void eachModelOfEachMatchingRuleIsAJobWithItsDestinations() {
        Decision decision = decide("""
                        - {name: a, models: [m, n], destinations: [second], crop: {from: coarse, margin: 1cm}}
                        - {name: b, models: [m]}
                        """, Facts.of("1")).get(0);

        assertThat(decision.reason()).isEqualTo("model m by rule a; model n by rule a; model m by rule b");
        assertThat(decision.jobs())
                .containsExactly(
                        new NewJob("key-1", 1, "a", "m", Optional.of(new Crop("coarse", 10)), List.of("second"), 0),
                        new NewJob("key-1", 1, "a", "n", Optional.of(new Crop("coarse", 10)), List.of("second"), 0),
                        new NewJob("key-1", 1, "b", "m", Optional.empty(), List.of("first", "second"), 0));
    }

    @Test
    void whereTheBestIsNoVolumeTheNextBestIsTaken() {
        List<Decision> decisions = new RuleBook(rules("- {name: r, models: [m]}"), List.of("pacs"))
                .decide(
                        List.of(
                                Facts.of("1").thickness(1).closed(),
                                Facts.of("2").closed()),
                        (series, geometry) ->
                                series.key().equals("key-1") ? Optional.of("slice 3 is missing") : Optional.empty(),
                        true);

        assertThat(decisions).extracting(Decision::outcome).containsExactly(Outcome.REFUSED, Outcome.QUEUED);
        assertThat(decisions.get(0).reason()).isEqualTo("slice 3 is missing");
    }

    @Test
    void onlyWhatARuleTakesIsCheckedAndOnlyOnce() {
        List<String> checked = new ArrayList<>();

        new RuleBook(
                        rules("- {name: a, models: [m]}\n- {name: b, models: [n], when: {modality: CT}}\n"),
                        List.of("pacs"))
                .decide(
                        List.of(
                                Facts.of("1").closed(),
                                Facts.of("2").closed(),
                                Facts.of("3").modality("MR").closed()),
                        (series, geometry) -> {
                            checked.add(series.key());
                            return Optional.empty();
                        },
                        true);

        assertThat(checked).containsExactly("key-1");
    }

    @Test
    void ownResultsAreNeverInput() {
        List<Decision> decisions =
                decide("- {name: r, models: [m]}", Facts.of("1").ownResult().thickness(1), Facts.of("2"));

        assertThat(decisions).extracting(Decision::outcome).containsExactly(Outcome.OWN_RESULT, Outcome.QUEUED);
        assertThat(decisions.get(0).reason()).contains("made by this program");
    }

    @Test
    void withoutRulesTheReasonSaysSo() {
        assertThat(decide("[]", Facts.of("1").slices(1).withoutThickness())
                        .get(0)
                        .reason())
                .isEqualTo("no rule for this series: CT, 1 slice, axial; the settings have no rules");
    }

    private List<Decision> decide(String rules, Facts... study) {
        return new RuleBook(rules(rules), List.of("first", "second"))
                .decide(Stream.of(study).map(Facts::closed).toList(), (series, geometry) -> Optional.empty(), true);
    }

    private List<Rule> rules(String yaml) {
        try {
            Path file = folder.resolve("rules.yaml");
            Files.writeString(
                    file,
                    "rules:\n" + yaml.indent(2) + "destinations: [{name: first, aet: A}, {name: second, aet: B}]\n");
            return Settings.read(file, Map.of()).rules();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
