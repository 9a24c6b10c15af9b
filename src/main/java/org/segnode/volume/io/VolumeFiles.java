package org.segnode.volume.io;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.segnode.volume.LabelMap;
import org.segnode.volume.Volume;

/**
 * Volumes and label maps in research formats, read and written as nnU-Net's {@code SimpleITKIO} does: array axes are
 * slice, row, column (k, j, i of the file), places are in mm to the left, back and head.
 */
public final class VolumeFiles {
    private VolumeFiles() {}

    /**
     * One volume of several files.
     *
     * @param channelFiles one file per channel, in channel order; a four-dimensional file brings several channels
     * @throws UnusableImageException naming the file and the reason, if a file cannot be used or the files do not fit
     *     together
     */
    public static Volume read(List<Path> channelFiles) throws IOException {
        return ReaderWriter.SIMPLE_ITK.read(channelFiles).volume();
    }

    /** @throws UnusableImageException naming the file, if it holds something else than whole numbers from 0 to 32767 */
    public static LabelMap readLabels(Path file) throws IOException {
        return ReaderWriter.SIMPLE_ITK.readLabels(file);
    }

    /** Writes 8 bits per voxel if all labels are below 255, else 16; the format follows from the ending. */
    public static void write(LabelMap labelMap, Path file) throws IOException {
        ReaderWriter.SIMPLE_ITK.write(labelMap, file);
    }

    /** Writes a volume in single precision; several channels become the fourth axis. NIfTI only. */
    public static void write(Volume volume, Path file) throws IOException {
        ImageFormat.of(file).requireNifti(file);
        NiftiWriter.write(volume, file);
    }
}
