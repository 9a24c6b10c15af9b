package org.segnode.plan;

import java.util.Locale;

/** Which of nnU-Net's readers a data set gets when no image is at hand. */
public final class ReaderChoice {
    private ReaderChoice() {}

    /**
     * The reader the data set names, else the first of nnU-Net's readers that opens such files.
     *
     * @param flat whether its images are single slices: a .tif may be a picture or a stack
     * @throws IllegalArgumentException if no reader knows the ending
     */
    public static String of(Dataset dataset, boolean flat) {
        if (dataset.imageReaderWriter().isPresent()) {
            return dataset.imageReaderWriter().get();
        }
        return switch (dataset.fileEnding().toLowerCase(Locale.ROOT)) {
            case ".png", ".bmp" -> "NaturalImage2DIO";
            case ".tif" -> flat ? "NaturalImage2DIO" : "Tiff3DIO";
            case ".nii.gz", ".nrrd", ".mha", ".gipl" -> "SimpleITKIO";
            case ".tiff" -> "Tiff3DIO";
            case ".nii" -> "NibabelIO";
            default -> throw new IllegalArgumentException("no reader knows files ending in " + dataset.fileEnding());
        };
    }

    /** By the first case of the fingerprint. */
    public static String of(Dataset dataset, Fingerprint fingerprint) {
        return of(dataset, fingerprint.shapesAfterCrop().get(0).get(0) == 1);
    }
}
