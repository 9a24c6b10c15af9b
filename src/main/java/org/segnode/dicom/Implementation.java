package org.segnode.dicom;

/** How this program names itself in associations and file meta information (PS3.7 D.3.3.2, PS3.10 7.1). */
public final class Implementation {
    /**
     * Implementation Class UID (0002,0012): 2.25 followed by the name-based UUID (version 5, namespace URL) of
     * {@code https://segnode.org/implementation} as a decimal number (PS3.5 B.2).
     */
    public static final String CLASS_UID = "2.25.243416659363835724856450644125942895660";

    /** Implementation Version Name (0002,0013), at most 16 characters. */
    public static final String VERSION_NAME = "SEGNODE_0.1";

    private Implementation() {}
}
