package org.segnode.pacs;

import java.util.regex.Pattern;

/** SOP classes (PS3.6 A) that the node offers or asks for, and which are storage (PS3.4 B.5). */
public final class SopClasses {
    static final String VERIFICATION = "1.2.840.10008.1.1";
    static final String STUDY_ROOT_FIND = "1.2.840.10008.5.1.4.1.2.2.1";
    static final String STUDY_ROOT_MOVE = "1.2.840.10008.5.1.4.1.2.2.2";
    static final String STUDY_ROOT_GET = "1.2.840.10008.5.1.4.1.2.2.3";

    /** Push Model, and its well-known instance (PS3.4 J.3.5). */
    static final String STORAGE_COMMITMENT = "1.2.840.10008.1.20.1";

    static final String STORAGE_COMMITMENT_INSTANCE = "1.2.840.10008.1.20.1.1";

    /** All standard storage SOP classes of the patient's hierarchy begin so, new ones included. */
    private static final String STORAGE = "1.2.840.10008.5.1.4.1.1.";

    /** What follows in the UIDs of storage classes without an image to segment; new ones count as images. */
    private static final Pattern NON_IMAGE =
            Pattern.compile("4\\.2|9\\..*|11\\..*|66|66\\.[12356]|67|68\\..*|7[89]\\..*|8[0128]\\..*"
                    + "|88|104\\..*|131|200\\..*|201\\..*|481\\.([3-9]|1[0-9]|2[0-9])|501\\..*");

    private SopClasses() {}

    /** Segmentation, and Label Map Segmentation (Supplement 243). */
    static boolean isSegmentation(String sopClassUid) {
        return sopClassUid.equals(STORAGE + "66.4") || sopClassUid.equals(STORAGE + "66.7");
    }

    static boolean isStorage(String sopClassUid) {
        return sopClassUid.startsWith(STORAGE) && Uid.isValid(sopClassUid);
    }

    /**
     * Whether objects of this storage class hold images: not spectra, waveforms, presentation states, raw data,
     * registrations, surfaces, measurements, reports, documents, protocols, or plans and structures of radiotherapy.
     */
    public static boolean isImage(String sopClassUid) {
        return isStorage(sopClassUid)
                && !NON_IMAGE.matcher(sopClassUid.substring(STORAGE.length())).matches();
    }
}
