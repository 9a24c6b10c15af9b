package org.segnode.volume.io;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** File formats, told by the ending of the name. */
enum ImageFormat {
    NIFTI(".nii", ".nii.gz"),
    NRRD(".nrrd"),
    META_IMAGE(".mha"),
    GIPL(".gipl"),
    PICTURE(".png", ".bmp"),
    TIFF(".tif", ".tiff");

    @SuppressWarnings("ImmutableEnumChecker") // List.of is immutable
    private final List<String> endings;

    ImageFormat(String... endings) {
        this.endings = List.of(endings);
    }

    static ImageFormat of(Path file) throws UnusableImageException {
        String name = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
        for (ImageFormat format : values()) {
            for (String ending : format.endings) {
                if (name.endsWith(ending)) {
                    return format;
                }
            }
        }
        throw new UnusableImageException(
                file, "has an ending that is not known; .nii, .nii.gz, .nrrd, .mha, .gipl, .png, .bmp and .tif are");
    }

    void requireNifti(Path file) throws UnusableImageException {
        if (this != NIFTI) {
            throw new UnusableImageException(file, "is to be a volume; volumes are written as .nii or .nii.gz");
        }
    }
}
