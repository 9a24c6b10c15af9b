package org.segnode.dicom;

import java.util.Locale;

/** As what a result is written. */
public enum ResultForm {
    /** Segmentation, BINARY (PS3.3 A.51): one bit per voxel and segment. */
    SEG,
    /** Label Map Segmentation (Supplement 243): one number per voxel. */
    LABELMAP,
    /** Segmentation, FRACTIONAL with probabilities (PS3.3 A.51): one byte per voxel and segment. */
    FRACTIONAL,
    /** RT Structure Set (PS3.3 A.19): contours. */
    RTSTRUCT,
    /** Imaging measurement report (PS3.16 TID 1500) about a segmentation. */
    SR,
    /** Secondary captures (PS3.3 A.8): contours drawn into slices, and a page of numbers. */
    SC,
    /** Grayscale Softcopy Presentation State (PS3.3 A.33): contours as graphics over the source images. */
    PR;

    /** As it is written in settings and on the command line. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
