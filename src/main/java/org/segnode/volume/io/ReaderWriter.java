package org.segnode.volume.io;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.segnode.volume.Grid;
import org.segnode.volume.LabelMap;
import org.segnode.volume.Orientation;
import org.segnode.volume.Reorientation;
import org.segnode.volume.Volume;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** nnU-Net's readers and writers, by the names plans.json and dataset.json give them. */
public enum ReaderWriter {
    NATURAL_IMAGE_2D("NaturalImage2DIO", false, ".png", ".bmp", ".tif"),
    SIMPLE_ITK("SimpleITKIO", false, ".nii.gz", ".nrrd", ".mha", ".gipl"),
    TIFF_3D("Tiff3DIO", false, ".tif", ".tiff"),
    NIBABEL("NibabelIO", false, ".nii", ".nii.gz"),
    NIBABEL_WITH_REORIENT("NibabelIOWithReorient", true, ".nii", ".nii.gz"),
    SIMPLE_ITK_WITH_REORIENT("SimpleITKIOWithReorient", true);

    private static final Logger LOG = LoggerFactory.getLogger(ReaderWriter.class);

    /** Length of {@code _0000} in the name of a channel's file. */
    private static final int CHANNEL_DIGITS = 5;

    private final String className;
    private final boolean reorients;

    @SuppressWarnings("ImmutableEnumChecker") // List.of is immutable
    private final List<String> endings;

    ReaderWriter(String className, boolean reorients, String... endings) {
        this.className = className;
        this.reorients = reorients;
        this.endings = List.of(endings);
    }

    /** nnU-Net's name of the class. */
    public String className() {
        return className;
    }

    /** @return empty for a name that is not known */
    public static Optional<ReaderWriter> ofClassName(String className) {
        return Arrays.stream(values())
                .filter(each -> each.className.equals(className))
                .findFirst();
    }

    /** The ending of an image file, for example {@code .nii.gz}; empty if no reader knows it. */
    public static Optional<String> endingOf(Path file) {
        String name = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
        return Arrays.stream(values())
                .flatMap(each -> each.endings.stream())
                .filter(name::endsWith)
                .findFirst();
    }

    /**
     * The reader nnU-Net would choose.
     *
     * @param ending of the data set's files, for example {@code .nii.gz}
     * @param example an image of the data set: {@code .tif} files are pictures or volumes
     * @throws UnusableImageException if no reader can open it
     */
    public static ReaderWriter choose(String ending, Path example) throws IOException {
        IOException last = new UnusableImageException(example, "ends in " + ending + ", for which there is no reader");
        for (ReaderWriter each : values()) {
            if (each.endings.contains(ending.toLowerCase(Locale.ROOT))) {
                try {
                    each.read(List.of(example));
                    return each;
                } catch (UnusableImageException refused) {
                    last = refused;
                }
            }
        }
        throw last;
    }

    /**
     * Reads the files of one case.
     *
     * @param files one per channel, in channel order; a file may bring several channels
     * @throws UnusableImageException naming file and reason, if a file cannot be used or shapes or spacings differ
     */
    public StoredImage read(List<Path> files) throws IOException {
        if (files.isEmpty()) {
            throw new IllegalArgumentException("a case has at least one file");
        }
        List<Volume> volumes = new ArrayList<>();
        for (Path file : files) {
            volumes.add(readFile(file, CHANNEL_DIGITS));
            requireSame(
                    files.get(0),
                    volumes.get(0).grid(),
                    file,
                    volumes.get(volumes.size() - 1).grid());
        }
        Grid stored = volumes.get(0).grid();
        Volume joined = ImageFile.joined(stored, volumes);
        return new StoredImage(
                reorients
                        ? Reorientation.between(Orientation.of(stored), Orientation.RAS)
                                .apply(joined)
                        : joined,
                stored);
    }

    /**
     * Reads labels with the axes of their file.
     *
     * @throws UnusableImageException naming the file, if it holds something else than whole numbers from 0 to 32767
     */
    public LabelMap readLabels(Path file) throws IOException {
        return LabelNumbers.labels(file, readFile(file, 0));
    }

    /** Writes labels that lie on a grid as this reader gives it, on the grid of the original file. */
    public void write(LabelMap labelMap, StoredImage original, Path file) throws IOException {
        write(labelMap, original.stored(), file);
    }

    /** The same, where the image is no longer at hand. */
    public void write(LabelMap labelMap, Grid stored, Path file) throws IOException {
        Orientation from = Orientation.of(labelMap.grid());
        Orientation to = Orientation.of(stored);
        LabelMap restored = Reorientation.between(from, to).apply(labelMap);
        write(new LabelMap(stored, restored.labels()), file);
    }

    /** Writes labels with the axes they have; the format follows from the ending. */
    public void write(LabelMap labelMap, Path file) throws IOException {
        switch (ImageFormat.of(file)) {
            case NIFTI -> NiftiWriter.write(labelMap, file);
            case NRRD -> Nrrd.write(labelMap, file);
            case META_IMAGE -> MetaImage.write(labelMap, file);
            case GIPL -> Gipl.write(labelMap, file);
            case PICTURE -> Picture.write(labelMap, file, ending(file), null);
            case TIFF -> Picture.write(labelMap, file, "tiff", this == TIFF_3D ? spacingFile(file, 0) : null);
        }
    }

    private Volume readFile(Path file, int channelDigits) throws IOException {
        boolean nibabel = this == NIBABEL || this == NIBABEL_WITH_REORIENT;
        return switch (ImageFormat.of(file)) {
            case NIFTI -> Nifti.read(file, nibabel ? Nifti.Affines.NIBABEL : Nifti.Affines.ITK);
            case NRRD -> Nrrd.read(file);
            case META_IMAGE -> MetaImage.read(file);
            case GIPL -> Gipl.read(file);
            case PICTURE -> Picture.read(file);
            case TIFF ->
                this == TIFF_3D ? Picture.readPages(file, spacingFile(file, channelDigits)) : Picture.read(file);
        };
    }

    private static String ending(Path file) {
        String name = String.valueOf(file.getFileName());
        return name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    }

    /** {@code case.json} beside {@code case.tif} and {@code case_0000.tif}. */
    private static Path spacingFile(Path file, int channelDigits) {
        String name = String.valueOf(file.getFileName());
        int length = Math.max(0, name.lastIndexOf('.') - channelDigits);
        return file.resolveSibling(name.substring(0, length) + ".json");
    }

    private static void requireSame(Path first, Grid grid, Path file, Grid other) throws UnusableImageException {
        if (!grid.shape().equals(other.shape())) {
            throw new UnusableImageException(
                    file,
                    "has the shape " + other.shape() + ", but " + first.getFileName() + " of the same case has "
                            + grid.shape());
        }
        if (!grid.spacing().equals(other.spacing())) {
            throw new UnusableImageException(
                    file,
                    "has the spacing " + other.spacing() + ", but " + first.getFileName() + " of the same case has "
                            + grid.spacing());
        }
        if (!grid.equals(other)) {
            LOG.warn(
                    "{} does not lie where {} of the same case lies; it is used nevertheless",
                    file.getFileName(),
                    first.getFileName());
        }
    }
}
