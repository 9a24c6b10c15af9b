package org.segnode.dicom;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.aoju.bus.image.UID;

/** SOP classes whose objects can be slices of a volume, and the names of others for a refusal. */
final class ImageClass {
    private static final Map<String, String> VOLUMES = Map.ofEntries(
            Map.entry(UID.CTImageStorage, "CT Image"),
            Map.entry(UID.MRImageStorage, "MR Image"),
            Map.entry(UID.PositronEmissionTomographyImageStorage, "PET Image"),
            Map.entry(UID.EnhancedCTImageStorage, "Enhanced CT Image"),
            Map.entry(UID.EnhancedMRImageStorage, "Enhanced MR Image"),
            Map.entry(UID.EnhancedPETImageStorage, "Enhanced PET Image"),
            Map.entry(UID.LegacyConvertedEnhancedCTImageStorage, "Legacy Converted Enhanced CT Image"),
            Map.entry(UID.LegacyConvertedEnhancedMRImageStorage, "Legacy Converted Enhanced MR Image"),
            Map.entry(UID.LegacyConvertedEnhancedPETImageStorage, "Legacy Converted Enhanced PET Image"));

    private static final Map<String, String> OTHERS = Map.ofEntries(
            Map.entry(UID.SecondaryCaptureImageStorage, "Secondary Capture Image"),
            Map.entry("1.2.840.10008.5.1.4.1.1.66.4", "Segmentation"),
            Map.entry("1.2.840.10008.5.1.4.1.1.66.7", "Label Map Segmentation"),
            Map.entry("1.2.840.10008.5.1.4.1.1.481.2", "RT Dose"),
            Map.entry("1.2.840.10008.5.1.4.1.1.481.3", "RT Structure Set"),
            Map.entry("1.2.840.10008.5.1.4.1.1.481.5", "RT Plan"),
            Map.entry("1.2.840.10008.5.1.4.1.1.88.11", "Basic Text SR"),
            Map.entry("1.2.840.10008.5.1.4.1.1.88.22", "Enhanced SR"),
            Map.entry("1.2.840.10008.5.1.4.1.1.88.33", "Comprehensive SR"),
            Map.entry("1.2.840.10008.5.1.4.1.1.88.34", "Comprehensive 3D SR"),
            Map.entry("1.2.840.10008.5.1.4.1.1.88.67", "X-Ray Radiation Dose SR"),
            Map.entry("1.2.840.10008.5.1.4.1.1.104.1", "Encapsulated PDF"),
            Map.entry("1.2.840.10008.5.1.4.1.1.11.1", "Grayscale Softcopy Presentation State"),
            Map.entry("1.2.840.10008.5.1.4.1.1.1", "Computed Radiography Image"),
            Map.entry("1.2.840.10008.5.1.4.1.1.1.1", "Digital X-Ray Image"),
            Map.entry("1.2.840.10008.5.1.4.1.1.6.1", "Ultrasound Image"),
            Map.entry("1.2.840.10008.5.1.4.1.1.12.1", "X-Ray Angiographic Image"),
            Map.entry("1.2.840.10008.5.1.4.1.1.20", "Nuclear Medicine Image"));

    private static final Set<String> RESULT_IMAGES = Set.of(
            "1.2.840.10008.5.1.4.1.1.66.4",
            "1.2.840.10008.5.1.4.1.1.66.7",
            UID.SecondaryCaptureImageStorage,
            "1.2.840.10008.5.1.4.1.1.7.4");

    private ImageClass() {}

    /** Empty if objects of this class are not read as slices of a volume. */
    static Optional<String> volumeName(String sopClassUid) {
        return Optional.ofNullable(VOLUMES.get(sopClassUid));
    }

    /** Whether objects of this class hold frames: a reference to one of them names the frame (PS3.3 10.3). */
    static boolean isMultiFrame(String sopClassUid) {
        return VOLUMES.getOrDefault(sopClassUid, "").contains("Enhanced");
    }

    /** Whether objects of this class of ours are images, so that a document refers to them as such (PS3.3 C.17.3.2). */
    static boolean hasPixels(String sopClassUid) {
        return RESULT_IMAGES.contains(sopClassUid) || VOLUMES.containsKey(sopClassUid);
    }

    /** In words, with the UID where the class has no name here. */
    static String words(String sopClassUid) {
        String name = VOLUMES.getOrDefault(sopClassUid, OTHERS.get(sopClassUid));
        return name == null ? sopClassUid : name + " (" + sopClassUid + ")";
    }
}
