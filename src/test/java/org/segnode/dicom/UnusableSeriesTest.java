package org.segnode.dicom;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.aoju.bus.image.Tag;
import org.aoju.bus.image.UID;
import org.aoju.bus.image.galaxy.data.Attributes;
import org.aoju.bus.image.galaxy.data.VR;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.segnode.TemporaryException;
import org.segnode.UnusableSeriesException;
import org.segnode.volume.Position;
import org.segnode.volume.Shape;

class UnusableSeriesTest {
    @TempDir
    Path folder;

    @ParameterizedTest(name = "{0}")
    @MethodSource("spoiled")
    void isRefusedWithItsReason(String reason, Consumer<List<Attributes>> spoil) {
        List<Attributes> slices = new ArrayList<>(MadeSeries.on(MadeSeries.axial(6, 4, 3)));
        spoil.accept(slices);
        List<Path> files = MadeSeries.write(folder, slices);
        assertThatThrownBy(() -> new SeriesReader().read(files, GeometryPolicy.STRICT))
                .isInstanceOf(UnusableSeriesException.class)
                .hasMessage(reason);
    }

    static Stream<Arguments> spoiled() {
        return Stream.of(
                refused(
                        "the series is not a volume: it has one slice",
                        s -> s.subList(1, 6).clear()),
                refused(
                        "slices 3 and 4 (instance 3, instance 5) lie 10 mm apart, the others 5 mm: 1 slice is missing"
                                + " (tolerance 0.1 mm)",
                        s -> s.remove(3)),
                refused(
                        "slices 2 and 3 (instance 2, instance 3) lie 4 mm apart, slices 3 and 4 (instance 3, instance 4) lie"
                                + " 6 mm apart, the others 5 mm: the slices are not evenly spaced (tolerance 0.1 mm)",
                        s -> MadeSeries.position(s.get(2), new Position(0, 0, 9))),
                refused(
                        "the series is not one volume: 6 slices lie at 5 places (several times or echoes, or slices sent"
                                + " twice?); same place: slices 2 and 3 (instance 2, instance 3) at (0, 0, 5) mm",
                        s -> MadeSeries.position(s.get(2), new Position(0, 0, 5))),
                refused(
                        "the stack of slices is sheared: it leans 5.71 degrees from the normal of the slices (gantry tilt?),"
                                + " more than 1.00 degrees",
                        s -> each(s, k -> MadeSeries.position(s.get(k), new Position(0, 0.5 * k, 5.0 * k)))),
                refused(
                        "slice 4 (instance 4) lies 2 mm beside its place in an even stack (tolerance 0.14 mm)",
                        s -> MadeSeries.position(s.get(3), new Position(2, 0, 15))),
                refused(
                        "the slices have 2 different orientations, by more than 0.10 degrees: 5 (instance 1, instance 2,"
                                + " instance 3, instance 4 and 1 more), 1 (instance 6)",
                        s -> s.get(5).setDouble(Tag.ImageOrientationPatient, VR.DS, 0, 1, 0, 0, 0, -1)),
                refused(
                        "the slices have 2 different pixel spacings: 0.8 x 0.7 mm (5: instance 1, instance 2, instance 3,"
                                + " instance 4 and 1 more), 0.9 x 0.7 mm (1: instance 6)",
                        s -> s.get(5).setDouble(Tag.PixelSpacing, VR.DS, 0.9, 0.7)),
                refused(
                        "the slices have 2 different sizes: 4 rows x 3 columns (5: instance 1, instance 2, instance 3,"
                                + " instance 4 and 1 more), 3 rows x 3 columns (1: instance 6)",
                        s -> s.get(5).setInt(Tag.Rows, VR.US, 3)),
                refused(
                        "instance 2 has no Image Position (Patient) (0020,0032): where it lies is not known",
                        s -> s.get(1).remove(Tag.ImagePositionPatient)),
                refused(
                        "instance 1 has the Pixel Spacing 0.0 x 0.7 mm, which is not positive",
                        s -> s.get(0).setDouble(Tag.PixelSpacing, VR.DS, 0, 0.7)),
                refused(
                        "instance 3 is a localizer (Image Type (0008,0008))",
                        s -> s.get(2).setString(Tag.ImageType, VR.CS, "ORIGINAL", "PRIMARY", "LOCALIZER")),
                refused(
                        "instance 4 is no slice of a volume: it is of the class Secondary Capture Image"
                                + " (1.2.840.10008.5.1.4.1.1.7), only CT, MR and PET images are read",
                        s -> s.get(3).setString(Tag.SOPClassUID, VR.UI, UID.SecondaryCaptureImageStorage)),
                refused(
                        "the objects are not of one series: file 005.dcm has another Patient ID (0010,0020) than others",
                        s -> s.get(4).setString(Tag.PatientID, VR.LO, "SOMEBODY-ELSE")),
                refused(
                        "the objects are not of one series: file 002.dcm has another Frame of Reference UID (0020,0052) than"
                                + " others",
                        s -> s.get(1).setString(Tag.FrameOfReferenceUID, VR.UI, "2.25.5")),
                refused(
                        "two different objects have the SOP Instance UID 2.25.77.1",
                        s -> s.get(1).setString(Tag.SOPInstanceUID, VR.UI, "2.25.77.1")),
                refused("file 001.dcm is a colour image (RGB, 3 samples per pixel): it has no values to segment", s -> {
                    s.get(0).setInt(Tag.SamplesPerPixel, VR.US, 3);
                    s.get(0).setString(Tag.PhotometricInterpretation, VR.CS, "RGB");
                }),
                refused(
                        "file 001.dcm holds 24 bytes of pixel data, but 1 frame(s) of 9 x 3 pixels with 16 bits need 54",
                        s -> s.get(0).setInt(Tag.Rows, VR.US, 9)));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "gap-ct | slices 1 and 2 (instance 18, instance 180) lie 202.5 mm apart, the others 1.25 mm",
                "localizer-ct | instance 1, instance 2 are localizers (Image Type (0008,0008)), the series is not a volume",
                "seven-orientations-mr | the slices have 7 different orientations",
                "no-position-mr | has 10 frames, but says of 0 where they lie",
                "others | no slice of a volume: it is of the class RT Dose (1.2.840.10008.5.1.4.1.1.481.2)"
            })
    void realSeriesThatAreNoVolumesAreRefused(String name, String reason) {
        assertRefused(MadeSeries.resource(name)).hasMessageContaining(reason);
    }

    @Test
    void aSeriesWithATruncatedFileIsRefused() throws Exception {
        List<Path> files = MadeSeries.write(folder, MadeSeries.on(MadeSeries.axial(6, 4, 3)));
        byte[] whole = Files.readAllBytes(files.get(2));
        Files.write(files.get(2), java.util.Arrays.copyOf(whole, whole.length - 5));
        assertRefused(files).hasMessage("file 003.dcm is cut off: the file ends within the data set");
        assertRefused(MadeSeries.resource("truncated-mr")).isInstanceOf(UnusableSeriesException.class);
    }

    @Test
    void aFileThatIsNoDicomIsRefused() throws Exception {
        Path text = Files.writeString(folder.resolve("letter.txt"), "Dear colleague, thank you for the patient.");
        assertRefused(List.of(text)).hasMessageStartingWith("file letter.txt is not a");
        assertThatThrownBy(() -> new SeriesReader().facts(List.of(text))).isInstanceOf(UnusableSeriesException.class);
        assertRefused(List.of()).hasMessage("the series has no objects");
    }

    @Test
    void aTransferSyntaxThatCannotBeDecodedIsNamed() {
        List<Attributes> slices = MadeSeries.on(MadeSeries.axial(2, 4, 3));
        for (Attributes slice : slices) {
            slice.newFragments(Tag.PixelData, VR.OB, 2).addAll(List.of(new byte[0], new byte[8]));
        }
        List<Path> files = MadeSeries.write(folder, slices, "1.2.840.10008.1.2.4.201");
        assertRefused(files)
                .hasMessage("file 001.dcm is compressed with a transfer syntax that is not supported:"
                        + " High-Throughput JPEG 2000 Lossless (1.2.840.10008.1.2.4.201)");
    }

    @Test
    void framesWithoutPlacesOfTheirOwnAreRefused() {
        List<Attributes> slices = MadeSeries.on(MadeSeries.axial(1, 4, 3));
        slices.get(0).setInt(Tag.NumberOfFrames, VR.IS, 2_000_000_000);
        slices.get(0).setInt(Tag.Rows, VR.US, 0);
        assertRefused(MadeSeries.write(folder, slices)).hasMessageContaining("has no pixels: 0 rows x 3 columns");
        Attributes frames = MadeSeries.on(MadeSeries.axial(1, 4, 3)).get(0);
        frames.setInt(Tag.NumberOfFrames, VR.IS, 2);
        frames.setInt(Tag.Rows, VR.US, 2);
        assertRefused(MadeSeries.write(folder, List.of(frames)))
                .hasMessage(
                        "file 001.dcm has 2 frames, but says of 0 where they lie (Per-Frame Functional Groups Sequence"
                                + " (5200,9230))");
    }

    @Test
    void aVolumeThatDoesNotFitIntoMemoryIsRefusedBeforeItIsRead() throws Exception {
        Shape shape = new Shape(100, 1024, 1024);
        VolumePixels.requireMemory(shape, 800L << 20);
        assertThatThrownBy(() -> VolumePixels.requireMemory(shape, 799L << 20))
                .hasMessage(
                        "a volume of 100 x 1024 x 1024 voxels needs 400 MiB, more than half of the 799 MiB of memory this"
                                + " program may use");
    }

    @Test
    void aMissingFileIsTheFaultOfTheSurroundings() {
        assertThatThrownBy(() -> new SeriesReader().read(List.of(folder.resolve("gone.dcm"))))
                .isInstanceOf(TemporaryException.class);
    }

    private static org.assertj.core.api.AbstractThrowableAssert<?, ? extends Throwable> assertRefused(
            List<Path> files) {
        return assertThatThrownBy(() -> new SeriesReader().read(files)).isInstanceOf(UnusableSeriesException.class);
    }

    private static Arguments refused(String reason, Consumer<List<Attributes>> spoil) {
        return Arguments.of(reason, spoil);
    }

    private static void each(List<Attributes> slices, java.util.function.IntConsumer change) {
        for (int k = 0; k < slices.size(); k++) {
            change.accept(k);
        }
    }
}
