package org.segnode.pacs;

/** SOP classes (PS3.6 A) that the node offers or asks for, and which are storage (PS3.4 B.5). */
final class SopClasses {
    static final String VERIFICATION = "1.2.840.10008.1.1";
    static final String STUDY_ROOT_FIND = "1.2.840.10008.5.1.4.1.2.2.1";
    static final String STUDY_ROOT_MOVE = "1.2.840.10008.5.1.4.1.2.2.2";
    static final String STUDY_ROOT_GET = "1.2.840.10008.5.1.4.1.2.2.3";

    /** Push Model, and its well-known instance (PS3.4 J.3.5). */
    static final String STORAGE_COMMITMENT = "1.2.840.10008.1.20.1";

    static final String STORAGE_COMMITMENT_INSTANCE = "1.2.840.10008.1.20.1.1";

    /** All standard storage SOP classes of the patient's hierarchy begin so, new ones included. */
    private static final String STORAGE = "1.2.840.10008.5.1.4.1.1.";

    private SopClasses() {}

    /** Segmentation, and Label Map Segmentation (Supplement 243). */
    static boolean isSegmentation(String sopClassUid) {
        return sopClassUid.equals(STORAGE + "66.4") || sopClassUid.equals(STORAGE + "66.7");
    }

    static boolean isStorage(String sopClassUid) {
        return sopClassUid.startsWith(STORAGE) && Uid.isValid(sopClassUid);
    }
}
