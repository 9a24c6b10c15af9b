package org.segnode.dicom;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.aoju.bus.image.Tag;
import org.aoju.bus.image.UID;
import org.aoju.bus.image.galaxy.data.Attributes;
import org.aoju.bus.image.galaxy.data.VR;
import org.aoju.bus.image.galaxy.io.ImageOutputStream;
import org.segnode.volume.Grid;
import org.segnode.volume.Position;
import org.segnode.volume.Shape;
import org.segnode.volume.Spacing;

/** A made-up MR series on any grid: headers that a test spoils before it writes them. The person does not exist. */
final class MadeSeries {
    private MadeSeries() {}

    static Grid axial(int slices, int rows, int columns) {
        return Grid.axial(new Shape(slices, rows, columns), new Spacing(5, 0.8, 0.7));
    }

    /** One object per slice; the value of a voxel is its index in the volume. */
    static List<Attributes> on(Grid grid) {
        List<Attributes> slices = new ArrayList<>();
        for (int k = 0; k < grid.shape().slices(); k++) {
            slices.add(slice(grid, k));
        }
        return slices;
    }

    static List<Path> write(Path folder, List<Attributes> slices) {
        return write(folder, slices, UID.ExplicitVRLittleEndian);
    }

    static List<Path> write(Path folder, List<Attributes> slices, String syntax) {
        List<Path> files = new ArrayList<>();
        for (Attributes slice : slices) {
            Path file = folder.resolve(String.format("%03d.dcm", files.size() + 1));
            try {
                Files.deleteIfExists(file);
                try (ImageOutputStream out = new ImageOutputStream(file.toFile())) {
                    out.writeDataset(slice.createFileMetaInformation(syntax), slice);
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            files.add(file);
        }
        return files;
    }

    /** The files of a folder of test data or samples, in the order of their names. */
    static List<Path> files(String folder) {
        try (Stream<Path> all = Files.list(Path.of(folder))) {
            return all.sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static List<Path> resource(String name) {
        return files("src/test/resources/dicom/" + name);
    }

    private static Attributes slice(Grid grid, int k) {
        Attributes slice = new Attributes();
        slice.setString(Tag.SOPClassUID, VR.UI, UID.MRImageStorage);
        slice.setString(Tag.SOPInstanceUID, VR.UI, "2.25.77." + (k + 1));
        slice.setString(Tag.StudyInstanceUID, VR.UI, "2.25.7");
        slice.setString(Tag.SeriesInstanceUID, VR.UI, "2.25.77");
        slice.setString(Tag.FrameOfReferenceUID, VR.UI, "2.25.777");
        slice.setString(Tag.Modality, VR.CS, "MR");
        slice.setString(Tag.PatientName, VR.PN, "Nobody^Made Up");
        slice.setString(Tag.PatientID, VR.LO, "MADE-UP");
        slice.setString(Tag.StudyDate, VR.DA, "20260105");
        slice.setString(Tag.StudyTime, VR.TM, "091500");
        slice.setInt(Tag.SeriesNumber, VR.IS, 4);
        slice.setInt(Tag.InstanceNumber, VR.IS, k + 1);
        position(slice, grid.position(k, 0, 0));
        Spacing spacing = grid.spacing();
        Position row = grid.columnStep().times(1 / spacing.column());
        Position column = grid.rowStep().times(1 / spacing.row());
        slice.setString(
                Tag.ImageOrientationPatient,
                VR.DS,
                DecimalString.of(row.x(), row.y(), row.z(), column.x(), column.y(), column.z()));
        slice.setString(Tag.PixelSpacing, VR.DS, DecimalString.of(spacing.row(), spacing.column()));
        slice.setString(Tag.SliceThickness, VR.DS, DecimalString.of(spacing.slice()));
        pixels(slice, grid.shape(), k);
        return slice;
    }

    static void position(Attributes slice, Position p) {
        slice.setString(Tag.ImagePositionPatient, VR.DS, DecimalString.of(p.x(), p.y(), p.z()));
    }

    private static void pixels(Attributes slice, Shape shape, int k) {
        slice.setInt(Tag.SamplesPerPixel, VR.US, 1);
        slice.setString(Tag.PhotometricInterpretation, VR.CS, "MONOCHROME2");
        slice.setInt(Tag.Rows, VR.US, shape.rows());
        slice.setInt(Tag.Columns, VR.US, shape.columns());
        slice.setInt(Tag.BitsAllocated, VR.US, 16);
        slice.setInt(Tag.BitsStored, VR.US, 16);
        slice.setInt(Tag.HighBit, VR.US, 15);
        slice.setInt(Tag.PixelRepresentation, VR.US, 0);
        int plane = shape.rows() * shape.columns();
        ByteBuffer bytes = ByteBuffer.allocate(2 * plane).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < plane; i++) {
            bytes.putShort((short) (k * plane + i));
        }
        slice.setBytes(Tag.PixelData, VR.OW, bytes.array());
    }
}
