package org.segnode.peers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.aoju.bus.image.Tag;
import org.aoju.bus.image.UID;
import org.aoju.bus.image.galaxy.data.Attributes;
import org.aoju.bus.image.galaxy.data.VR;
import org.aoju.bus.image.galaxy.io.ImageOutputStream;

/**
 * A made-up axial CT series: slices of noise, 1 mm apart, of a person who does not exist.
 *
 * @param uid root of all its UIDs; the study is {@code uid.1}, the series {@code uid.1.1}, slice n {@code uid.1.1.n}
 * @param size rows and columns
 */
public record SyntheticSeries(String uid, int slices, int size) {
    public String studyInstanceUid() {
        return uid + ".1";
    }

    public String seriesInstanceUid() {
        return uid + ".1.1";
    }

    /** @param slice from 1 */
    public String sopInstanceUid(int slice) {
        return seriesInstanceUid() + "." + slice;
    }

    /** Writes it in explicit VR little endian. */
    public List<Path> write(Path folder) throws IOException {
        return write(folder, UID.ExplicitVRLittleEndian);
    }

    /** @param syntax an uncompressed transfer syntax, or the deflated one */
    public List<Path> write(Path folder, String syntax) throws IOException {
        Files.createDirectories(folder);
        List<Path> files = new ArrayList<>();
        for (int slice = 1; slice <= slices; slice++) {
            Path file = folder.resolve(String.format("%05d.dcm", slice));
            Attributes image = image(slice);
            try (ImageOutputStream out = new ImageOutputStream(file.toFile())) {
                out.writeDataset(image.createFileMetaInformation(syntax), image);
            }
            files.add(file);
        }
        return files;
    }

    private Attributes image(int slice) {
        Attributes image = new Attributes();
        image.setString(Tag.ImageType, VR.CS, "ORIGINAL", "PRIMARY", "AXIAL");
        image.setString(Tag.SOPClassUID, VR.UI, UID.CTImageStorage);
        image.setString(Tag.SOPInstanceUID, VR.UI, sopInstanceUid(slice));
        image.setString(Tag.Modality, VR.CS, "CT");
        image.setString(Tag.PatientName, VR.PN, "Nobody^Made Up");
        image.setString(Tag.PatientID, VR.LO, "MADE-UP");
        image.setString(Tag.StudyInstanceUID, VR.UI, studyInstanceUid());
        image.setString(Tag.SeriesInstanceUID, VR.UI, seriesInstanceUid());
        image.setString(Tag.FrameOfReferenceUID, VR.UI, uid + ".2");
        image.setInt(Tag.InstanceNumber, VR.IS, slice);
        image.setDouble(Tag.SliceThickness, VR.DS, 1);
        image.setDouble(Tag.ImagePositionPatient, VR.DS, 0, 0, slice);
        image.setDouble(Tag.ImageOrientationPatient, VR.DS, 1, 0, 0, 0, 1, 0);
        image.setDouble(Tag.PixelSpacing, VR.DS, 1, 1);
        image.setInt(Tag.SamplesPerPixel, VR.US, 1);
        image.setString(Tag.PhotometricInterpretation, VR.CS, "MONOCHROME2");
        image.setInt(Tag.Rows, VR.US, size);
        image.setInt(Tag.Columns, VR.US, size);
        image.setInt(Tag.BitsAllocated, VR.US, 16);
        image.setInt(Tag.BitsStored, VR.US, 16);
        image.setInt(Tag.HighBit, VR.US, 15);
        image.setInt(Tag.PixelRepresentation, VR.US, 0);
        image.setDouble(Tag.RescaleIntercept, VR.DS, -1024);
        image.setDouble(Tag.RescaleSlope, VR.DS, 1);
        byte[] pixels = new byte[2 * size * size];
        new Random(slice).nextBytes(pixels);
        image.setBytes(Tag.PixelData, VR.OW, pixels);
        return image;
    }
}
