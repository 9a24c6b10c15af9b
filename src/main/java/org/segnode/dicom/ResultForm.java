package org.segnode.dicom;

import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.aoju.bus.image.UID;

/** As what a result is written. */
public enum ResultForm {
    /** Segmentation, BINARY (PS3.3 A.51): one bit per voxel and segment. */
    SEG(UID.SegmentationStorage, "SEG"),
    /** Label Map Segmentation (Supplement 243): one number per voxel. */
    LABELMAP("1.2.840.10008.5.1.4.1.1.66.7", "SEG"),
    /** RT Structure Set (PS3.3 A.19): contours. */
    RTSTRUCT(UID.RTStructureSetStorage, "RTSTRUCT"),
    /** Imaging measurement report (PS3.16 TID 1500) about a segmentation, as Comprehensive 3D SR (PS3.3 A.35.13). */
    SR(UID.Comprehensive3DSRStorage, "SR"),
    /** Secondary captures (PS3.3 A.8): contours drawn into slices, and a page of numbers. */
    SC(UID.SecondaryCaptureImageStorage, "OT"),
    /** Grayscale Softcopy Presentation State (PS3.3 A.33): contours as graphics over the source images. */
    PR(UID.GrayscaleSoftcopyPresentationStateStorage, "PR"),
    /** Segmentation, FRACTIONAL (PS3.3 A.51): the probability of each voxel and segment, in a byte. */
    FRACTIONAL(UID.SegmentationStorage, "SEG");

    private final String sopClassUid;
    private final String modality;

    ResultForm(String sopClassUid, String modality) {
        this.sopClassUid = sopClassUid;
        this.modality = modality;
    }

    public String sopClassUid() {
        return sopClassUid;
    }

    /** Modality (0008,0060) of the result's series. */
    String modality() {
        return modality;
    }

    /** Whether the object it refers to is one of these forms. */
    public boolean isAnchoredIn(Set<ResultForm> forms) {
        return this != SR || forms.contains(SEG) || forms.contains(LABELMAP);
    }

    /** What Series Description says after the model's title; starts with a space if it is not empty. */
    String ending() {
        return switch (this) {
            case SEG -> "";
            case LABELMAP -> " label map";
            case RTSTRUCT -> " contours";
            case SR -> " report";
            case SC -> " pictures";
            case PR -> " overlay";
            case FRACTIONAL -> " probabilities";
        };
    }

    /** As it is written in settings and on the command line. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** All of them, for people. */
    public static String words() {
        return Arrays.stream(values()).map(ResultForm::word).collect(Collectors.joining(", "));
    }

    /** @throws IllegalArgumentException if there is no such form */
    public static ResultForm of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }
}
