package org.segnode.dicom;

import java.nio.file.Path;
import java.util.List;
import org.aoju.bus.image.Tag;
import org.aoju.bus.image.UID;
import org.aoju.bus.image.galaxy.data.Attributes;
import org.aoju.bus.image.galaxy.data.Sequence;
import org.aoju.bus.image.galaxy.data.VR;

/** Made-up annotations as other programs might write them, on the frame of reference of {@link MadeSeries}. */
final class MadeAnnotation {
    private MadeAnnotation() {}

    /**
     * A frame of a segmentation.
     *
     * @param z of its plane in mm; rows and columns lie as in an axial {@link MadeSeries}
     * @param pixels one byte each, row by row
     */
    @SuppressWarnings("ArrayRecordComponent") // only for writing
    record Frame(int segment, double z, int... pixels) {}

    /** @param pixels as bits for BINARY, as bytes otherwise */
    static Path segmentation(Path folder, String type, int rows, int columns, List<Frame> frames) {
        Attributes seg = head(UID.SegmentationStorage, "SEG");
        boolean bits = type.equals("BINARY");
        seg.setString(Tag.SegmentationType, VR.CS, type);
        seg.setInt(Tag.MaximumFractionalValue, VR.US, 100);
        seg.setInt(Tag.SamplesPerPixel, VR.US, 1);
        seg.setString(Tag.PhotometricInterpretation, VR.CS, "MONOCHROME2");
        seg.setInt(Tag.Rows, VR.US, rows);
        seg.setInt(Tag.Columns, VR.US, columns);
        seg.setInt(Tag.NumberOfFrames, VR.IS, frames.size());
        seg.setInt(Tag.BitsAllocated, VR.US, bits ? 1 : 8);
        seg.setInt(Tag.BitsStored, VR.US, bits ? 1 : 8);
        seg.setInt(Tag.HighBit, VR.US, bits ? 0 : 7);
        Attributes shared = item(seg, Tag.SharedFunctionalGroupsSequence);
        item(shared, Tag.PlaneOrientationSequence).setDouble(Tag.ImageOrientationPatient, VR.DS, 1, 0, 0, 0, 1, 0);
        item(shared, Tag.PixelMeasuresSequence).setDouble(Tag.PixelSpacing, VR.DS, 0.8, 0.7);
        byte[] bytes = new byte[(frames.size() * rows * columns + 1) / 2 * 2];
        int at = 0;
        for (Frame frame : frames) {
            Attributes groups = item(seg, Tag.PerFrameFunctionalGroupsSequence);
            item(groups, Tag.PlanePositionSequence).setDouble(Tag.ImagePositionPatient, VR.DS, 0, 0, frame.z());
            item(groups, Tag.SegmentIdentificationSequence).setInt(Tag.ReferencedSegmentNumber, VR.US, frame.segment());
            for (int pixel : frame.pixels()) {
                if (bits) {
                    bytes[at / 8] |= (byte) (pixel << at % 8);
                } else {
                    bytes[at] = (byte) pixel;
                }
                at++;
            }
        }
        seg.setBytes(Tag.PixelData, VR.OB, bytes);
        return write(folder, seg);
    }

    /** @param contours of one region: type, then x, y, z of each point in mm */
    static Path structureSet(Path folder, List<Object[]> contours) {
        Attributes set = head(UID.RTStructureSetStorage, "RTSTRUCT");
        Attributes roi = item(set, Tag.StructureSetROISequence);
        roi.setInt(Tag.ROINumber, VR.IS, 4);
        roi.setString(Tag.ROIName, VR.LO, "made up");
        roi.setString(Tag.ROIGenerationAlgorithm, VR.CS, "MANUAL");
        Attributes of = item(set, Tag.ROIContourSequence);
        of.setInt(Tag.ReferencedROINumber, VR.IS, 4);
        for (Object[] each : contours) {
            Attributes contour = item(of, Tag.ContourSequence);
            double[] xyz = (double[]) each[1];
            contour.setString(Tag.ContourGeometricType, VR.CS, (String) each[0]);
            contour.setInt(Tag.NumberOfContourPoints, VR.IS, xyz.length / 3);
            contour.setDouble(Tag.ContourData, VR.DS, xyz);
        }
        return write(folder, set);
    }

    /** In a folder of its own. */
    private static Path write(Path folder, Attributes object) {
        Path own = folder.resolve("annotation");
        own.toFile().mkdirs();
        return MadeSeries.write(own, List.of(object)).get(0);
    }

    private static Attributes head(String sopClass, String modality) {
        Attributes object = new Attributes();
        object.setString(Tag.SOPClassUID, VR.UI, sopClass);
        object.setString(Tag.SOPInstanceUID, VR.UI, "2.25.88");
        object.setString(Tag.StudyInstanceUID, VR.UI, "2.25.7");
        object.setString(Tag.SeriesInstanceUID, VR.UI, "2.25.888");
        object.setString(Tag.FrameOfReferenceUID, VR.UI, "2.25.777");
        object.setString(Tag.Modality, VR.CS, modality);
        return object;
    }

    /** A new item at the end of a sequence. */
    private static Attributes item(Attributes parent, int sequence) {
        Sequence items = parent.ensureSequence(sequence, 1);
        Attributes item = new Attributes();
        items.add(item);
        return item;
    }
}
