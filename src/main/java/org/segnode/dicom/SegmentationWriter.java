package org.segnode.dicom;

import java.io.BufferedOutputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Objects;
import org.aoju.bus.image.Tag;
import org.aoju.bus.image.UID;
import org.aoju.bus.image.galaxy.data.Attributes;
import org.aoju.bus.image.galaxy.data.VR;
import org.aoju.bus.image.galaxy.io.ImageOutputStream;
import org.segnode.TemporaryException;
import org.segnode.UnusableSeriesException;
import org.segnode.plan.LabelMeaning;
import org.segnode.volume.LabelMap;

/** Writes label maps as DICOM Segmentation, BINARY (PS3.3 A.51). The same input and origin give the same UIDs and bytes. */
public final class SegmentationWriter {
    /**
     * Writes, syncs, reads back and compares with the label map before the file gets its name.
     *
     * @param labelMap on the grid of the source series' slices
     * @param meanings one per label that becomes a segment, ascending; labels without voxels are segments without frames
     * @param file where the object is to lie; its folder exists; an older file of this name is replaced at once
     * @throws IllegalArgumentException if the label map lies on another grid, or holds a label without meaning
     * @throws IllegalStateException if what was written does not show the label map
     * @throws TemporaryException if the disk does not take it
     */
    public ResultObject write(
            LabelMap labelMap, SourceSeries source, List<LabelMeaning> meanings, SegmentationOrigin origin, Path file) {
        requireMeanings(meanings);
        if (!labelMap.grid().equals(source.grid())) {
            throw new IllegalArgumentException(
                    "the label map lies on " + labelMap.grid() + ", the series on " + source.grid());
        }
        SegmentationFrames frames = SegmentationFrames.of(labelMap, meanings);
        Attributes header = new SegmentationHeader(source, meanings, origin, frames).attributes();
        int[] labelOf = meanings.stream().mapToInt(LabelMeaning::label).toArray();
        Path part = file.resolveSibling(file.getFileName() + ".part");
        try {
            writeAndSync(part, header, labelMap, frames, labelOf);
            requireSame(part, labelMap, labelOf);
            Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            syncFolder(file);
        } catch (IOException e) {
            throw new TemporaryException("cannot write " + file, e);
        }
        return new ResultObject(
                file,
                UID.SegmentationStorage,
                header.getString(Tag.SOPInstanceUID),
                header.getString(Tag.SeriesInstanceUID));
    }

    /** The SOP Instance UID that {@link #write} gives: known before anything is computed. */
    public String sopInstanceUid(SourceSeries source, SegmentationOrigin origin) {
        return DerivedUids.of(source, origin).uid("instance");
    }

    private static void requireMeanings(List<LabelMeaning> meanings) {
        if (meanings.isEmpty()) {
            throw new IllegalArgumentException("a segmentation has at least one label");
        }
        for (int i = 1; i < meanings.size(); i++) {
            if (meanings.get(i - 1).label() >= meanings.get(i).label()) {
                throw new IllegalArgumentException(
                        "labels ascend, but " + meanings.get(i - 1).label() + " comes before "
                                + meanings.get(i).label());
            }
        }
    }

    private static void writeAndSync(
            Path part, Attributes header, LabelMap labelMap, SegmentationFrames frames, int[] labelOf)
            throws IOException {
        Attributes meta = Attributes.createFileMetaInformation(
                header.getString(Tag.SOPInstanceUID), UID.SegmentationStorage, UID.ExplicitVRLittleEndian);
        meta.setString(Tag.ImplementationClassUID, VR.UI, Implementation.CLASS_UID);
        meta.setString(Tag.ImplementationVersionName, VR.SH, Implementation.VERSION_NAME);
        long length = SegmentBits.length(labelMap, frames);
        try (FileOutputStream disk = new FileOutputStream(part.toFile())) {
            ImageOutputStream out =
                    new ImageOutputStream(new BufferedOutputStream(disk, 1 << 16), UID.ExplicitVRLittleEndian);
            out.writeDataset(meta, header);
            out.writeHeader(Tag.PixelData, VR.OB, (int) length);
            SegmentBits.write(labelMap, frames, labelOf, out);
            out.flush();
            disk.getFD().sync();
        }
    }

    /** Through {@link SegmentationReader}, which finds the voxels by the positions in the object. */
    private static void requireSame(Path part, LabelMap labelMap, int[] labelOf) {
        LabelMap read;
        try {
            read = SegmentationReader.read(part, labelMap.grid());
        } catch (UnusableSeriesException e) {
            throw new IllegalStateException(
                    "the segmentation that was written cannot be read back: " + e.getMessage(), e);
        }
        long different = 0;
        short[] wanted = labelMap.labels();
        for (int i = 0; i < wanted.length; i++) {
            int segment = read.labels()[i];
            if (wanted[i] != (segment == 0 ? 0 : labelOf[segment - 1])) {
                different++;
            }
        }
        if (different > 0) {
            throw new IllegalStateException(
                    "the segmentation that was written differs from the label map in " + different + " voxels");
        }
    }

    private static void syncFolder(Path file) throws IOException {
        Path folder = Objects.requireNonNull(file.toAbsolutePath().getParent(), "the root folder is no file");
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }
}
