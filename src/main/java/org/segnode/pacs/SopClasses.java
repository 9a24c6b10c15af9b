package org.segnode.pacs;

/** Which SOP classes the SCP offers, PS3.4 B.5 and PS3.6 A. */
final class SopClasses {
    static final String VERIFICATION = "1.2.840.10008.1.1";

    /** All standard storage SOP classes of the patient's hierarchy begin so, new ones included. */
    private static final String STORAGE = "1.2.840.10008.5.1.4.1.1.";

    private SopClasses() {}

    static boolean isStorage(String sopClassUid) {
        return sopClassUid.startsWith(STORAGE) && Uid.isValid(sopClassUid);
    }
}
