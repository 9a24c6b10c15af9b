package org.segnode.node.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.segnode.dicom.GeometryPolicy;
import org.segnode.dicom.ResultForm;
import org.segnode.ledger.Crop;
import org.segnode.ledger.Retries;
import org.segnode.network.ComputeDevice;
import org.segnode.pacs.Caller;
import org.segnode.pacs.ConnectionLimits;
import org.segnode.pacs.RemoteAe;
import org.segnode.pacs.ScpTimeouts;

class SettingsTest {
    @TempDir
    Path folder;

    @Test
    void anEmptyFileGivesTheDefaults() throws IOException {
        Settings settings = read("");

        assertThat(settings).isEqualTo(Settings.defaults(folder));
        assertThat(settings.node()).isEqualTo(new NodeSettings("SEGNODE", List.of(), "0.0.0.0", 11112));
        assertThat(settings.data())
                .isEqualTo(new DataSettings(folder.resolve("data"), folder.resolve("data/models"), 2_000_000_000L));
        assertThat(settings.reception())
                .isEqualTo(new ReceptionSettings(
                        Duration.ofSeconds(30),
                        List.of(),
                        ConnectionLimits.DEFAULT,
                        new ScpTimeouts(
                                Duration.ofSeconds(10),
                                Duration.ofSeconds(60),
                                Duration.ofSeconds(30),
                                Duration.ofSeconds(3)),
                        Duration.ofDays(1),
                        true));
        assertThat(settings.delivery())
                .isEqualTo(new DeliverySettings(
                        20, Duration.ofSeconds(10), Duration.ofMinutes(30), Duration.ofSeconds(1)));
        assertThat(settings.worker())
                .isEqualTo(new WorkerSettings(
                        0,
                        4_000_000_000L,
                        1,
                        ComputeDevice.CPU,
                        true,
                        Duration.ofMinutes(3),
                        Duration.ofHours(1),
                        3,
                        Duration.ofSeconds(10),
                        Duration.ofMinutes(1),
                        Duration.ofMillis(500)));
        assertThat(settings.web()).isEqualTo(new WebSettings("127.0.0.1", 8042));
        assertThat(settings.retention()).isEqualTo(new RetentionSettings(Duration.ofDays(7), Duration.ofDays(90)));
        assertThat(settings.rules()).isEmpty();
        assertThat(settings.destinations()).isEmpty();
    }

    @Test
    void theExampleFileSaysWhatTheDefaultsAre() {
        Settings example = Settings.read(Path.of("config/segnode.yaml"), Map.of());
        Settings defaults = Settings.defaults(Path.of("").toAbsolutePath());

        assertThat(example.node()).isEqualTo(defaults.node());
        assertThat(example.data()).isEqualTo(defaults.data());
        assertThat(example.reception()).isEqualTo(defaults.reception());
        assertThat(example.delivery()).isEqualTo(defaults.delivery());
        assertThat(example.worker()).isEqualTo(defaults.worker());
        assertThat(example.web()).isEqualTo(defaults.web());
        assertThat(example.retention()).isEqualTo(defaults.retention());
        assertThat(example.rules()).extracting(Rule::name).containsExactly("hippocampus");
    }

    @Test
    void everyKeyOfTheSingleSectionsIsRead() throws IOException {
        Settings settings = read("""
                node: {aet: NODE, also-aets: [LIVER, LUNG], bind: 127.0.0.1, port: 0}
                data: {folder: /var/lib/segnode, models: nets, reserve: 500MB}
                reception:
                  quiet-time: 1.5s
                  callers: CT1
                  connections: 20
                  connections-per-host: 10
                  associations: 8
                  associations-per-host: 4
                  max-pdu: 16384
                  association-timeout: 3s
                  oldest-job: 2h
                  non-images: refuse
                  idle-timeout: 10s
                  stall-timeout: 5s
                delivery: {attempts: 2, first-pause: 20ms, longest-pause: 1h, poll: 100ms}
                worker:
                  threads: 2
                  memory: 1GB
                  loaded-models: 3
                  device: cuda:1
                  mirroring: false
                  start-timeout: 20s
                  job-timeout: 2h
                  attempts: 4
                  first-pause: 1s
                  lease: 5s
                  poll: 50ms
                web: {bind: 127.0.0.2, port: 8080}
                retention: {spool: 1d, results: 2d}
                """);

        assertThat(settings.node()).isEqualTo(new NodeSettings("NODE", List.of("LIVER", "LUNG"), "127.0.0.1", 0));
        assertThat(settings.data())
                .isEqualTo(new DataSettings(Path.of("/var/lib/segnode"), folder.resolve("nets"), 500_000_000L));
        assertThat(settings.reception())
                .isEqualTo(new ReceptionSettings(
                        Duration.ofMillis(1500),
                        List.of(Caller.named("CT1")),
                        new ConnectionLimits(20, 10, 8, 4, 16_384),
                        new ScpTimeouts(
                                Duration.ofSeconds(3),
                                Duration.ofSeconds(10),
                                Duration.ofSeconds(5),
                                Duration.ofSeconds(3)),
                        Duration.ofHours(2),
                        false));
        assertThat(settings.delivery())
                .isEqualTo(new DeliverySettings(2, Duration.ofMillis(20), Duration.ofHours(1), Duration.ofMillis(100)));
        assertThat(settings.worker())
                .isEqualTo(new WorkerSettings(
                        2,
                        1_000_000_000L,
                        3,
                        ComputeDevice.parse("cuda:1"),
                        false,
                        Duration.ofSeconds(20),
                        Duration.ofHours(2),
                        4,
                        Duration.ofSeconds(1),
                        Duration.ofSeconds(5),
                        Duration.ofMillis(50)));
        assertThat(settings.web()).isEqualTo(new WebSettings("127.0.0.2", 8080));
        assertThat(settings.retention()).isEqualTo(new RetentionSettings(Duration.ofDays(1), Duration.ofDays(2)));
    }

    @Test
    void everyKeyOfRulesAndDestinationsIsRead() throws IOException {
        Settings settings = read("""
                rules:
                  - name: liver
                    when:
                      modality: [ct, MR]
                      body-part: abdomen|liver
                      study-description: a
                      series-description: b
                      protocol: c
                      image-type: [original, primary]
                      kernel: ^B30
                      slice-thickness: 0.5mm..3mm
                      slices: 20..
                      orientation: axial
                      calling-aet: CT1
                      called-aet: [LIVER]
                    models: [liver, vessels]
                    every: true
                    prefer-kernels: [^B30, ^Br]
                    crop: {from: coarse, margin: 2cm}
                    destinations: [pacs]
                destinations:
                  - {name: pacs, aet: ORTHANC, host: pacs.local, port: 4242, results: [seg, sr], labelmap-from: 40}
                """);

        ResultProfile results = new ResultProfile(Set.of(ResultForm.SEG, ResultForm.SR), 40);
        assertThat(settings.destinations())
                .containsExactly(
                        new Destination("pacs", new RemoteAe("ORTHANC", "pacs.local", 4242), results, Terms.PLAIN));
        Rule rule = settings.rules().get(0);
        assertThat(rule.name()).isEqualTo("liver");
        assertThat(rule.models()).containsExactly("liver", "vessels");
        assertThat(rule.every()).isTrue();
        assertThat(rule.preferKernels()).extracting(Pattern::pattern).containsExactly("^B30", "^Br");
        assertThat(rule.crop()).contains(new Crop("coarse", 20));
        assertThat(rule.destinations()).containsExactly("pacs");
        Conditions when = rule.when();
        assertThat(when.modality()).containsExactly("CT", "MR");
        assertThat(List.of(when.bodyPart(), when.studyDescription(), when.seriesDescription(), when.protocol()))
                .map(pattern -> pattern.map(Pattern::pattern).orElse(""))
                .containsExactly("abdomen|liver", "a", "b", "c");
        assertThat(when.imageType()).containsExactly("ORIGINAL", "PRIMARY");
        assertThat(when.kernel().map(Pattern::pattern)).contains("^B30");
        assertThat(when.sliceThickness()).isEqualTo(new Range(0.5, 3, "0.5mm..3mm"));
        assertThat(when.slices().contains(19)).isFalse();
        assertThat(when.slices().contains(20)).isTrue();
        assertThat(when.orientation()).containsExactly("AXIAL");
        assertThat(when.callingAet()).containsExactly("CT1");
        assertThat(when.calledAet()).containsExactly("LIVER");
    }

    @Test
    void resultsThatDoNotExistAreNamed() {
        assertThatThrownBy(() -> read("destinations: [{name: pacs, aet: PACS, results: [seg, stl]}]"))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("seg, labelmap, rtstruct, sr, sc, pr")
                .hasMessageContaining("\"stl\"");
        assertThatThrownBy(() -> read("destinations: [{name: pacs, aet: PACS, results: sr}]"))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("seg or labelmap goes with it");
    }

    @Test
    void aRuleMayAskForSeveralSeriesTogether() throws IOException {
        Rule rule =
                read("rules:\n- name: brain\n  models: [m]\n  resample: true\n  expected-series: [localizer]\n  inputs:\n"
                                + "  - {channel: T1, when: {series-description: t1}}\n"
                                + "  - {channel: FLAIR, when: {series-description: flair, slices: 20..}}")
                        .rules()
                        .get(0);
        assertThat(rule.inputs()).extracting(ChannelInput::channel).containsExactly("T1", "FLAIR");
        assertThat(rule.inputs().get(1).when().slices().contains(19)).isFalse();
        assertThat(rule.resample()).isTrue();
        assertThat(rule.expectedSeries()).extracting(Pattern::pattern).containsExactly("localizer");
    }

    @Test
    void inputsThatMakeNoSenseAreNamed() {
        assertThatThrownBy(() -> read("rules:\n- {name: a, models: [m], inputs: [{channel: T1}]}\n"
                        + "- {name: b, models: [m], when: {modality: MR}, inputs: [{channel: T1}, {channel: T1}]}\n"
                        + "- {name: c, models: [m], inputs: [{when: {}}, {channel: T2}]}"))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("rules[1] has one input: one series is asked for by when")
                .hasMessageContaining("rules[2] has inputs, so it can have neither when nor every")
                .hasMessageContaining("rules[2] has two inputs of one channel")
                .hasMessageContaining("rules[3].inputs[1].channel is missing");
    }

    @Test
    void completenessHasDefaultsAndKeys() throws IOException {
        assertThat(read("").completeness())
                .isEqualTo(new CompletenessSettings(
                        Duration.ofMinutes(10),
                        Duration.ofMinutes(1),
                        Duration.ofSeconds(30),
                        false,
                        Duration.ofMinutes(30)));
        assertThat(read("completeness: {longest-wait: 1h, gap-wait: 0s, count-interval: 45s, fetch-missing: true,"
                                + " input-wait: 2m}")
                        .completeness())
                .isEqualTo(new CompletenessSettings(
                        Duration.ofHours(1), Duration.ZERO, Duration.ofSeconds(45), true, Duration.ofMinutes(2)));
        assertThatThrownBy(() -> read("completeness: {longest-wait: 1ms}"))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("completeness.longest-wait must be at least 100ms");
    }

    @Test
    void anArchiveIsAskedByAssociationOrByDicomWeb() throws IOException {
        List<ArchiveSettings> archives = read("archives:\n- {name: a, aet: PACS, port: 11112, retrieve: move}\n"
                        + "- {name: b, url: 'https://pacs/dicom-web', senders: [CT1, CT2], token-file: token}")
                .archives();
        assertThat(archives.get(0).ae()).contains(new RemoteAe("PACS", "127.0.0.1", 11112));
        assertThat(archives.get(0).senders()).containsExactly("PACS");
        assertThat(archives.get(0).retrieve()).isEqualTo(ArchiveSettings.Retrieve.MOVE);
        assertThat(archives.get(1).url()).contains(java.net.URI.create("https://pacs/dicom-web"));
        assertThat(archives.get(1).senders()).containsExactly("CT1", "CT2");
        assertThat(archives.get(1).tokenFile()).isPresent();
    }

    @Test
    void archivesThatCannotBeAskedAreNamed() {
        assertThatThrownBy(
                        () -> read(
                                "archives:\n- {name: a}\n- {name: b, url: 'ftp://x', senders: [S]}\n"
                                        + "- {name: c, url: 'http://x'}\n- {name: d, aet: D, retrieve: push, user: me}\n- {name: d, aet: D, tls: true}"))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("archives[1].aet is missing")
                .hasMessageContaining("archives[2].url must be an http or https address, is \"ftp://x\"")
                .hasMessageContaining("archives[3] names no senders")
                .hasMessageContaining("archives[4].retrieve must be get or move, is \"push\"")
                .hasMessageContaining("archives[4] needs a user and a password-file, or neither")
                .hasMessageContaining("archive d: tls: true needs the keys of section tls")
                .hasMessageContaining("archive d: there are two of this name");
    }

    @Test
    void aRuleMayExpectANumberOfObjects() throws IOException {
        assertThat(read("rules: [{name: all, models: [m], expected: 176}]")
                        .rules()
                        .get(0)
                        .expected())
                .hasValue(176);
        assertThatThrownBy(() -> read("rules: [{name: all, models: [m], expected: 0}]"))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("rules[1].expected must be a number of objects from 1 to 999999, is \"0\"");
    }

    @Test
    void whatARuleLeavesOutAsksForNothing() throws IOException {
        Rule rule = read("rules: [{name: all, models: [m]}]").rules().get(0);

        assertThat(rule)
                .isEqualTo(new Rule(
                        "all",
                        new Conditions(
                                List.of(),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty(),
                                List.of(),
                                Optional.empty(),
                                Range.ANY,
                                Range.ANY,
                                List.of(),
                                List.of(),
                                List.of()),
                        List.of("m"),
                        false,
                        List.of(),
                        Optional.empty(),
                        GeometryPolicy.DEFAULT,
                        OptionalInt.empty(),
                        List.of(),
                        false,
                        List.of(),
                        List.of()));
    }

    @Test
    void aRuleSaysWhatIsRepairedOfTheGeometryOfASeries() throws IOException {
        Settings settings = read("""
                rules:
                  - name: strict
                    models: [m]
                    geometry: {tilt: refuse, uneven: resample, gaps: {fill-up-to: 1}, strays: refuse, duplicates: drop}
                """);

        assertThat(settings.geometry("strict")).isEqualTo(new GeometryPolicy(false, true, 1, false, true));
        assertThat(settings.geometry("gone")).isEqualTo(GeometryPolicy.DEFAULT);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            node: {port: 70000}                        | line 1: node.port must be a whole number from 0 to 65535, is '70000'
            node: {port: high}                         | line 1: node.port must be a whole number from 0 to 65535, is 'high'
            node: {aet: A-TITLE-THAT-IS-LONG}          | line 1: node.aet must be an AE title of 1 to 16 printable characters without backslash, is 'A-TITLE-THAT-IS-LONG'
            node: {prot: 104}                          | line 1: node.prot is not known (did you mean port?)
            nodes: {port: 104}                         | line 1: nodes is not known (did you mean node?)
            zzz: 1                                     | line 1: zzz is not known
            node: 7                                    | line 1: node is a section with keys
            node: {port: [1, 2]}                       | line 1: node.port is a single value
            node: {also-aets: [[A]]}                   | line 1: node.also-aets is a list of single values
            data: {reserve: 2}                         | line 1: data.reserve must be a size like 500MB or 2GB, is '2'
            data: {reserve: 2 lots}                    | line 1: data.reserve must be a size like 500MB or 2GB, is '2 lots'
            reception: {quiet-time: 30}                | line 1: reception.quiet-time must be a time like 500ms, 30s, 5m, 2h or 7d, is '30'
            reception: {quiet-time: 3 weeks}           | line 1: reception.quiet-time must be a time like 500ms, 30s, 5m, 2h or 7d, is '3 weeks'
            reception: {quiet-time: 1ms}               | line 1: reception.quiet-time must be at least 100ms, is '1ms'
            reception: {associations: 4}               | line 1: reception does not fit together: the number of associations of one host must be between 1 and 4, is 16
            delivery: {longest-pause: 1s}              | line 1: delivery has a longest-pause shorter than its first-pause
            worker: {device: gpu}                      | line 1: worker.device must be cpu, cuda or cuda:1, is 'gpu'
            worker: {mirroring: maybe}                 | line 1: worker.mirroring must be true or false, is 'maybe'
            rules: {name: a}                           | line 1: rules is a list; its items begin with a dash
            rules: [liver]                             | line 1: rules[1] is a section with keys
            rules: [{models: [m]}]                     | line 1: rules[1].name is missing
            rules: [{name: a}]                         | line 1: rules[1] names no models
            rules: [{name: a, models: [m], when: {kernel: '('}}] | line 1: rules[1].when.kernel must be a regular expression: Unclosed group in '(' at 1
            rules: [{name: a, models: [m], when: {slices: 9..2}}] | line 1: rules[1].when.slices must be a range like 20..400, 20.. or ..400, is '9..2'
            rules: [{name: a, models: [m], when: {slice-thickness: 2..3}}] | line 1: rules[1].when.slice-thickness must be a range like 0.5mm..3mm, ..3mm or 1mm.., is '2..3'
            rules: [{name: a, models: [m], when: {orientation: tilted}}] | line 1: rules[1].when.orientation must be axial, coronal, sagittal or oblique, is 'tilted'
            rules: [{name: a, models: [m], when: {modalty: CT}}] | line 1: rules[1].when.modalty is not known (did you mean modality?)
            rules: [{name: a, models: [m], geometry: {tilt: ignore}}] | line 1: rules[1].geometry.tilt must be resample or refuse, is 'ignore'
            rules: [{name: a, models: [m], geometry: {gaps: {fill-up-to: all}}}] | line 1: rules[1].geometry.gaps.fill-up-to must be a whole number from 0 to 1000, is 'all'
            rules: [{name: a, models: [m], crop: {margin: 2cm}}] | line 1: rules[1].crop.from is missing
            rules: [{name: a, models: [m], crop: {from: c, margin: 2}}] | line 1: rules[1].crop.margin must be a length like 20mm or 2cm, is '2'
            rules: [{name: a, models: [m], destinations: [pasc]}] | rule a: destination pasc is not known
            rules: [{name: a, models: [m]}, {name: a, models: [n]}] | rule a: there are two of this name
            destinations: [{name: a}]                  | line 1: destinations[1].aet is missing
            """)
    void refuses(String yaml, String complaint) throws IOException {
        assertThat(complaintsOf(yaml, Map.of())).containsExactly(complaint.replace('\'', '"'));
    }

    @Test
    void allComplaintsAreShownAtOnceWithTheirLines() throws IOException {
        Files.writeString(
                folder.resolve("segnode.yaml"), "node:\n  port: 70000\n  aett: X\nreception:\n  quiet-time: soon\n");

        assertThatThrownBy(() -> Settings.read(folder.resolve("segnode.yaml"), Map.of()))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("line 2: node.port")
                .hasMessageContaining("line 3: node.aett is not known (did you mean aet?)")
                .hasMessageContaining("line 5: reception.quiet-time");
    }

    @Test
    void aFileThatIsNotYamlIsRefusedWithTheLine() throws IOException {
        assertThat(complaintsOf("node:\n  port: [1\n", Map.of()))
                .singleElement()
                .asString()
                .contains("not YAML");
        assertThat(complaintsOf("- a\n", Map.of()))
                .containsExactly("line 1: the file begins with the name of a section, like node:");
        assertThat(complaintsOf("node:\n  port: 1\n  port: 2\n", Map.of()))
                .singleElement()
                .asString()
                .contains("line 3", "port");
    }

    @Test
    void aFileThatIsNotThereIsRefused() {
        assertThatThrownBy(() -> Settings.read(folder.resolve("absent.yaml"), Map.of()))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("absent.yaml");
    }

    @Test
    void theEnvironmentGoesBeforeTheFile() throws IOException {
        Files.writeString(folder.resolve("segnode.yaml"), "node: {port: 104}\n");

        Settings settings = Settings.read(
                folder.resolve("segnode.yaml"),
                Map.of(
                        "SEGNODE_NODE_PORT", "105",
                        "SEGNODE_RECEPTION_QUIET_TIME", "5s",
                        "SEGNODE_RECEPTION_CALLERS", "CT1, CT2",
                        "SEGNODE_HOME", "/opt/segnode",
                        "PATH", "/bin"));

        assertThat(settings.node().port()).isEqualTo(105);
        assertThat(settings.reception().quietTime()).isEqualTo(Duration.ofSeconds(5));
        assertThat(settings.reception().callers()).containsExactly(Caller.named("CT1"), Caller.named("CT2"));
    }

    @Test
    void aWrongVariableIsNamed() throws IOException {
        assertThat(complaintsOf("", Map.of("SEGNODE_NODE_PORT", "x", "SEGNODE_NODE_PROT", "1")))
                .containsExactlyInAnyOrder(
                        "SEGNODE_NODE_PORT: node.port must be a whole number from 0 to 65535, is \"x\"",
                        "SEGNODE_NODE_PROT: is not known (did you mean SEGNODE_NODE_PORT?)");
    }

    @Test
    void pausesBetweenAttemptsAreHandedToTheLedger() throws IOException {
        assertThat(read("").delivery().retries())
                .isEqualTo(new Retries(20, Duration.ofSeconds(10), Duration.ofMinutes(30)));
        assertThat(read("worker: {attempts: 5, first-pause: 1h}").worker().retries())
                .isEqualTo(new Retries(5, Duration.ofHours(1), Duration.ofHours(1)));
    }

    private Settings read(String yaml) throws IOException {
        Path file = folder.resolve("segnode.yaml");
        Files.writeString(file, yaml);
        return Settings.read(file, Map.of());
    }

    private List<String> complaintsOf(String yaml, Map<String, String> environment) throws IOException {
        Path file = folder.resolve("segnode.yaml");
        Files.writeString(file, yaml);
        SettingsException thrown =
                catchThrowableOfType(SettingsException.class, () -> Settings.read(file, environment));
        return thrown == null ? List.of() : thrown.complaints();
    }
}
