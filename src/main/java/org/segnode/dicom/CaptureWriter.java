package org.segnode.dicom;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.aoju.bus.image.Tag;
import org.aoju.bus.image.galaxy.data.Attributes;
import org.aoju.bus.image.galaxy.data.VR;
import org.segnode.UnusableSeriesException;

/**
 * Writes secondary captures (PS3.3 A.8): slices with outlines drawn into them, and pages of numbers. Every picture says that it
 * is AI and not reviewed, and what the model may be used for. Names and dates of a patient are not drawn.
 */
final class CaptureWriter implements ResultWriter {
    /**
     * A picture of a result.
     *
     * @param slice whose pixels it shows, if it does
     */
    record Capture(BufferedImage image, Optional<Slice> slice) {}

    @Override
    public List<ResultObject> write(SegmentedSeries result, ResultPlaces places) {
        List<ResultObject> written = new ArrayList<>();
        for (Capture capture : new CapturePages(result).draw()) {
            written.add(write(result, capture, written.size() + 1, places));
        }
        return written;
    }

    private static ResultObject write(SegmentedSeries result, Capture capture, int number, ResultPlaces places) {
        byte[] pixels = pixels(capture.image());
        ResultHeader header = new ResultHeader(result, ResultForm.SC);
        Attributes all = header.attributes(number, digest(pixels));
        header.lossiness(all);
        all.setNull(Tag.Laterality, VR.CS);
        all.setString(Tag.ConversionType, VR.CS, "WSD");
        all.setString(Tag.ImageType, VR.CS, "DERIVED", "SECONDARY");
        all.setNull(Tag.PatientOrientation, VR.CS);
        all.setString(Tag.BurnedInAnnotation, VR.CS, "NO"); // nothing drawn tells who the patient is (PS3.3 C.7.6.1.1)
        all.setString(Tag.DerivationDescription, VR.ST, Texts.fitting(CapturePages.note(result.origin()), 1024));
        all.setString(Tag.ImageComments, VR.LT, CapturePages.note(result.origin()));
        Items.put(all, Tag.DerivationCodeSequence, Items.code("113076", "DCM", "Segmentation"));
        capture.slice().ifPresent(slice -> Items.put(all, Tag.SourceImageSequence, source(slice)));
        image(all, capture.image());
        Path file = places.place(ResultForm.SC, number, all.getString(Tag.SOPInstanceUID));
        return new ObjectFile(all, new Rgb(pixels)).write(ResultForm.SC, file, draft -> requireSame(draft, pixels));
    }

    private static Attributes source(Slice slice) {
        Attributes image = Items.instance(slice);
        if (slice.multiFrame()) {
            image.setInt(Tag.ReferencedFrameNumber, VR.IS, slice.frame());
        }
        Items.put(
                image,
                Tag.PurposeOfReferenceCodeSequence,
                Items.code("121322", "DCM", "Source image for image processing operation"));
        return image;
    }

    private static void image(Attributes all, BufferedImage image) {
        all.setInt(Tag.SamplesPerPixel, VR.US, 3);
        all.setString(Tag.PhotometricInterpretation, VR.CS, "RGB");
        all.setInt(Tag.PlanarConfiguration, VR.US, 0);
        all.setInt(Tag.Rows, VR.US, image.getHeight());
        all.setInt(Tag.Columns, VR.US, image.getWidth());
        all.setInt(Tag.BitsAllocated, VR.US, 8);
        all.setInt(Tag.BitsStored, VR.US, 8);
        all.setInt(Tag.HighBit, VR.US, 7);
        all.setInt(Tag.PixelRepresentation, VR.US, 0);
    }

    /** Red, green, blue of each pixel, row by row. */
    private static byte[] pixels(BufferedImage image) {
        int[] argb = image.getRGB(0, 0, image.getWidth(), image.getHeight(), null, 0, image.getWidth());
        byte[] bytes = new byte[3 * argb.length];
        for (int i = 0; i < argb.length; i++) {
            bytes[3 * i] = (byte) (argb[i] >> 16);
            bytes[3 * i + 1] = (byte) (argb[i] >> 8);
            bytes[3 * i + 2] = (byte) argb[i];
        }
        return bytes;
    }

    private static String digest(byte[] pixels) {
        MessageDigest sha = DerivedUids.sha256();
        return HexFormat.of().formatHex(sha.digest(pixels));
    }

    @SuppressWarnings("ArrayRecordComponent") // handed over, never compared
    private record Rgb(byte[] pixels) implements ObjectFile.Pixels {
        @Override
        public long length() {
            return (long) pixels.length + pixels.length % 2;
        }

        @Override
        public void write(OutputStream out) throws IOException {
            out.write(pixels);
            if (pixels.length % 2 != 0) {
                out.write(0);
            }
        }
    }

    private static void requireSame(Path draft, byte[] pixels) throws UnusableSeriesException {
        try (DicomFile file = DicomFile.open(draft)) {
            PixelLayout.requireLength(file);
            byte[] read = new byte[(int) PixelLayout.of(file.attributes()).frameBytes()];
            file.stream().readFully(read, 0, read.length);
            if (!Arrays.equals(read, pixels)) {
                throw new IllegalStateException("the picture that was written differs from what was drawn");
            }
        } catch (IOException e) {
            throw DicomFile.reason(draft, e);
        }
    }
}
