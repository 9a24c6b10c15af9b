package org.segnode.dicom;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.aoju.bus.image.Tag;
import org.aoju.bus.image.galaxy.data.Attributes;
import org.aoju.bus.image.galaxy.data.VR;
import org.aoju.bus.image.galaxy.io.ImageInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.segnode.dicom.GeometryFinding.Effect;
import org.segnode.dicom.GeometryFinding.Kind;
import org.segnode.dicom.GeometryVerdict.Decision;
import org.segnode.volume.Position;

class GeometryVerdictTest {
    @TempDir
    Path folder;

    @ParameterizedTest(name = "{0} {1}: {2}")
    @MethodSource("repaired")
    void isRepairedAndNotedAsThat(
            Kind kind, double amount, String words, int slices, Consumer<List<Attributes>> spoil) {
        GeometryVerdict verdict = verdict(spoil);
        assertThat(verdict.decision()).isEqualTo(Decision.REPAIRED);
        assertThat(verdict.findings()).singleElement().satisfies(finding -> {
            assertThat(finding.kind()).isEqualTo(kind);
            assertThat(finding.effect()).isEqualTo(Effect.REPAIRED);
            assertThat(finding.amount()).isCloseTo(amount, within(0.005));
            assertThat(finding.words()).isEqualTo(words);
        });
        assertThat(verdict.reason()).isEqualTo(words);
        assertThat(verdict.geometry().orElseThrow().slices()).isEqualTo(slices);
    }

    static Stream<Arguments> repaired() {
        return Stream.of(
                of(
                        Kind.TILT,
                        5.71,
                        "the stack of slices is sheared: it leans 5.71 degrees from the normal of the slices (gantry tilt?),"
                                + " more than 1.00 degrees: straightened for the network",
                        12,
                        s -> each(s, k -> new Position(0, 0.5 * k, 5.0 * k))),
                of(
                        Kind.GAP,
                        3,
                        "slices 3 and 4 (instance 3, instance 7) lie 20 mm apart, the others 5 mm: 3 slices are missing"
                                + " (tolerance 0.1 mm): filled for the network, the result has no frames there",
                        9,
                        s -> s.subList(3, 6).clear()),
                of(
                        Kind.UNEVEN,
                        2,
                        "slices 2 and 3 (instance 2, instance 3) lie 4 mm apart, slices 3 and 4 (instance 3, instance 4) lie"
                                + " 6 mm apart, the others 5 mm: the slices are not evenly spaced (tolerance 0.1 mm):"
                                + " resampled to 12 slices 5 mm apart for the network",
                        12,
                        s -> MadeSeries.position(s.get(2), new Position(0, 0, 9))),
                of(
                        Kind.SHIFTED,
                        0.5,
                        "slice 4 (instance 4) lies 0.5 mm beside its place in an even stack (tolerance 0.14 mm): taken from"
                                + " where it lies for the network",
                        12,
                        s -> MadeSeries.position(s.get(3), new Position(0.5, 0, 15))),
                of(
                        Kind.DUPLICATE,
                        1,
                        "instance 13 is there twice with the same pixels: slices 4 and 5 (instance 4, instance 13) at"
                                + " (0, 0, 15) mm: one of each is used",
                        12,
                        s -> s.add(again(s.get(3), 13))),
                of(
                        Kind.LOCALIZER,
                        1,
                        "instance 12 is a localizer (Image Type (0008,0008)): left out",
                        11,
                        s -> s.get(11).setString(Tag.ImageType, VR.CS, "ORIGINAL", "PRIMARY", "LOCALIZER")),
                of(
                        Kind.ORIENTATION,
                        1,
                        "the slices have 2 different orientations, by more than 0.10 degrees: 11 (instance 1, instance 2,"
                                + " instance 3, instance 4 and 7 more), 1 (instance 12): the 11 are used",
                        11,
                        s -> s.get(11).setDouble(Tag.ImageOrientationPatient, VR.DS, 0, 1, 0, 0, 0, -1)));
    }

    @ParameterizedTest(name = "{0} {1}: {2}")
    @MethodSource("refused")
    void isRefusedByEveryPolicy(Kind kind, double amount, String words, int slices, Consumer<List<Attributes>> spoil) {
        GeometryVerdict verdict = verdict(spoil);
        assertThat(verdict.decision()).isEqualTo(Decision.REFUSED);
        assertThat(verdict.reason()).startsWith(words);
        assertThat(verdict.findings()).anySatisfy(finding -> {
            assertThat(finding.kind()).isEqualTo(kind);
            assertThat(finding.amount()).isCloseTo(amount, within(0.005));
        });
        assertThat(verdict.geometry().map(StackGeometry::slices))
                .isEqualTo(slices == 0 ? Optional.empty() : Optional.of(slices));
    }

    static Stream<Arguments> refused() {
        return Stream.of(
                of(
                        Kind.TILT,
                        38.66,
                        "the stack of slices is sheared: it leans 38.66 degrees from the normal of the slices (gantry"
                                + " tilt?), more than 31.00 degrees",
                        12,
                        s -> each(s, k -> new Position(0, 4.0 * k, 5.0 * k))),
                of(
                        Kind.GAP,
                        4,
                        "slices 3 and 4 (instance 3, instance 8) lie 25 mm apart, the others 5 mm: 4 slices are missing"
                                + " (tolerance 0.1 mm), more than 3 in a row",
                        8,
                        s -> s.subList(3, 7).clear()),
                of(
                        Kind.CONFLICT,
                        1,
                        "the series is not one volume: 12 slices lie at 11 places (several times or echoes, or slices sent"
                                + " twice?); same place: slices 5 and 6 (instance 5, instance 6) at (0, 0, 20) mm; the"
                                + " pixels of instance 5 and instance 6 differ",
                        0,
                        s -> MadeSeries.position(s.get(5), new Position(0, 0, 20))),
                of(
                        Kind.LOCALIZER,
                        6,
                        "instance 1, instance 2, instance 3, instance 4 and 2 more are localizers (Image Type (0008,0008)),"
                                + " the series is not a volume",
                        0,
                        s -> s.subList(0, 6)
                                .forEach(one ->
                                        one.setString(Tag.ImageType, VR.CS, "ORIGINAL", "PRIMARY", "LOCALIZER"))),
                of(
                        Kind.UNUSABLE,
                        0,
                        "instance 3 is a Siemens mosaic (Image Type (0008,0008))",
                        0,
                        s -> s.get(2).setString(Tag.ImageType, VR.CS, "ORIGINAL", "PRIMARY", "MOSAIC")));
    }

    @ParameterizedTest(name = "{0}: {2}")
    @MethodSource("noted")
    void isNotedWithoutAConsequence(
            Kind kind, double amount, String words, int slices, Consumer<List<Attributes>> spoil) {
        GeometryVerdict verdict = verdict(spoil);
        assertThat(verdict.decision()).isEqualTo(Decision.ACCEPTED);
        assertThat(verdict.reason()).isEmpty();
        assertThat(verdict.findings()).singleElement().satisfies(finding -> {
            assertThat(finding.kind()).isEqualTo(kind);
            assertThat(finding.words()).startsWith(words);
            assertThat(finding.amount()).isCloseTo(amount, within(1e-6));
        });
    }

    static Stream<Arguments> noted() {
        return Stream.of(
                of(
                        Kind.SKEW,
                        0.004,
                        "Image Orientation (Patient) (0020,0037) is not of unit length or not perpendicular, by up to 0.004",
                        12,
                        s -> s.forEach(one -> one.setDouble(Tag.ImageOrientationPatient, VR.DS, 1.004, 0, 0, 0, 1, 0))),
                of(
                        Kind.PATIENT_POSITION,
                        0,
                        "Patient Position (0018,5100) is HFP, but the rows of the images are not counted towards the floor",
                        12,
                        s -> s.forEach(one -> {
                            one.setString(Tag.Modality, VR.CS, "CT");
                            one.setString(Tag.PatientPosition, VR.CS, "HFP");
                        })),
                of(
                        Kind.LATERALITY,
                        0,
                        "Laterality (0020,0060) is R, but all slices lie on the other side",
                        12,
                        s -> each(
                                s,
                                k -> new Position(10, 0, 5.0 * k),
                                one -> one.setString(Tag.Laterality, VR.CS, "R"))),
                of(
                        Kind.FRAME_OF_REFERENCE,
                        0,
                        "the series has no Frame of Reference UID",
                        12,
                        s -> s.forEach(one -> one.remove(Tag.FrameOfReferenceUID))));
    }

    @Test
    void aPatientWhoLiesAsTheImagesSayIsNotNoted() {
        assertThat(verdict(s -> s.forEach(one -> {
                            one.setString(Tag.Modality, VR.CS, "CT");
                            one.setString(Tag.PatientPosition, VR.CS, "FFS");
                            one.setString(Tag.Laterality, VR.CS, "L");
                        }))
                        .findings())
                .isEmpty();
    }

    @Test
    void anObjectOfTwoStacksIsRefusedWithAVerdictForEach() throws Exception {
        Attributes object = enhanced();
        for (int frame = 0; frame < 8; frame++) {
            Attributes groups = object.getNestedDataset(Tag.PerFrameFunctionalGroupsSequence, frame);
            stack(groups, frame < 5 ? "1" : "2");
            if (frame >= 5) {
                plane(groups, 1, 0, 0, 0, 1, 0);
                place(groups, 0, 0, 3.0 * frame * frame);
            }
        }
        List<Path> files = MadeSeries.write(folder, List.of(object));
        assertThat(new SeriesReader().verdicts(files, GeometryPolicy.STRICT))
                .satisfiesExactly(
                        one -> {
                            assertThat(one.stack()).isEqualTo("1");
                            assertThat(one.decision()).isEqualTo(Decision.ACCEPTED);
                            assertThat(one.geometry().orElseThrow().plane()).isEqualTo(AnatomicalPlane.SAGITTAL);
                        },
                        two -> {
                            assertThat(two.stack()).isEqualTo("2");
                            assertThat(two.reason()).contains("lie 39 mm apart");
                        });
        assertThat(new SeriesReader().verdict(files, GeometryPolicy.STRICT).reason())
                .isEqualTo("the series holds 2 stacks that are not one volume: stack 1 (ACCEPTED), stack 2 (REFUSED)");
    }

    @Test
    void stacksThatAreOneVolumeTogetherAreOne() throws Exception {
        Attributes object = enhanced();
        for (int frame = 0; frame < 8; frame++) {
            stack(object.getNestedDataset(Tag.PerFrameFunctionalGroupsSequence, frame), frame < 4 ? "1" : "2");
        }
        List<Path> files = MadeSeries.write(folder, List.of(object));
        assertThat(new SeriesReader().verdicts(files, GeometryPolicy.DEFAULT))
                .singleElement()
                .satisfies(one -> assertThat(one.decision()).isEqualTo(Decision.ACCEPTED));
    }

    private static Attributes enhanced() throws IOException {
        try (ImageInputStream in =
                new ImageInputStream(MadeSeries.resource("enhanced-mr").get(0).toFile())) {
            return in.readDataset(-1, -1);
        }
    }

    private static void stack(Attributes groups, String id) {
        Attributes content = new Attributes();
        content.setString(Tag.StackID, VR.SH, id);
        Items.put(groups, Tag.FrameContentSequence, content);
    }

    private static void plane(Attributes groups, double... cosines) {
        Attributes plane = new Attributes();
        plane.setDouble(Tag.ImageOrientationPatient, VR.DS, cosines);
        Items.put(groups, Tag.PlaneOrientationSequence, plane);
    }

    private static void place(Attributes groups, double... position) {
        Attributes place = new Attributes();
        place.setDouble(Tag.ImagePositionPatient, VR.DS, position);
        Items.put(groups, Tag.PlanePositionSequence, place);
    }

    @Test
    void theOrderOfTheFilesDecidesNothing() {
        List<Attributes> slices = new ArrayList<>(MadeSeries.on(MadeSeries.axial(12, 6, 8)));
        slices.add(again(slices.get(3), 13));
        slices.remove(5);
        each(slices.subList(0, 11), k -> new Position(0, 0.4 * k, 5.0 * (k > 4 ? k + 1 : k)));
        MadeSeries.position(slices.get(11), new Position(0, 1.2, 15));
        List<Path> files = new ArrayList<>(MadeSeries.write(folder, slices));
        GeometryVerdict verdict = new SeriesReader().verdict(files, GeometryPolicy.DEFAULT);
        assertThat(verdict.findings()).extracting(GeometryFinding::kind).contains(Kind.TILT, Kind.DUPLICATE);
        for (int seed = 0; seed < 5; seed++) {
            Collections.shuffle(files, new Random(seed));
            assertThat(new SeriesReader().verdict(files, GeometryPolicy.DEFAULT))
                    .isEqualTo(verdict);
        }
    }

    @Test
    void isJsonForPrograms() throws Exception {
        JsonNode json = new ObjectMapper().readTree(verdict(s -> s.remove(4)).toJson());
        assertThat(json.get("decision").asText()).isEqualTo("REPAIRED");
        assertThat(json.get("geometry").get("plane").asText()).isEqualTo("AXIAL");
        assertThat(json.get("geometry").get("mostSpacing").asDouble()).isEqualTo(10);
        JsonNode finding = json.get("findings").get(0);
        assertThat(finding.get("kind").asText()).isEqualTo("GAP");
        assertThat(finding.get("amount").asInt()).isEqualTo(1);
        assertThat(finding.get("slices")).extracting(JsonNode::asText).containsExactly("instance 4", "instance 6");
    }

    @Test
    void noPatientDataAreInAReasonWhereAnInstanceNumberIsNone() {
        GeometryVerdict verdict = verdict(s -> {
            s.get(2).setString(Tag.InstanceNumber, VR.IS, "Nobody^Made Up");
            MadeSeries.position(s.get(2), new Position(0, 0, 9));
        });
        assertThat(verdict.line()).doesNotContain("Nobody").contains("without instance number");
    }

    @Test
    void aVerdictWithoutGeometryIsARefusal() {
        assertThatThrownBy(() -> new GeometryVerdict("", Optional.empty(), List.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a series without measured geometry is refused");
    }

    private GeometryVerdict verdict(Consumer<List<Attributes>> spoil) {
        List<Attributes> slices = new ArrayList<>(MadeSeries.on(MadeSeries.axial(12, 6, 8)));
        spoil.accept(slices);
        return new SeriesReader().verdict(MadeSeries.write(folder, slices), GeometryPolicy.DEFAULT);
    }

    private static Arguments of(Kind kind, double amount, String words, int slices, Consumer<List<Attributes>> spoil) {
        return Arguments.of(kind, amount, words, slices, spoil);
    }

    /** Another object with the same image. */
    private static Attributes again(Attributes slice, int number) {
        Attributes again = new Attributes(slice);
        again.setString(Tag.SOPInstanceUID, VR.UI, "2.25.77." + number);
        again.setInt(Tag.InstanceNumber, VR.IS, number);
        return again;
    }

    private static void each(List<Attributes> slices, java.util.function.IntFunction<Position> place) {
        each(slices, place, slice -> {});
    }

    private static void each(
            List<Attributes> slices, java.util.function.IntFunction<Position> place, Consumer<Attributes> change) {
        for (int k = 0; k < slices.size(); k++) {
            MadeSeries.position(slices.get(k), place.apply(k));
            change.accept(slices.get(k));
        }
    }
}
