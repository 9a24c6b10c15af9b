package org.segnode.pacs;

/** A C-STORE that is answered with a failure (PS3.4 B.2.3). The reason holds no patient data. */
final class StoreRefusal extends Exception {
    static final int OUT_OF_RESOURCES = 0xA700;
    static final int DATA_SET_DOES_NOT_MATCH = 0xA900;
    static final int CANNOT_UNDERSTAND = 0xC000;
    static final int PROCESSING_FAILURE = 0x0110;
    static final int SOP_CLASS_NOT_SUPPORTED = 0x0122;
    static final int TRANSFER_SYNTAX_NOT_SUPPORTED = 0xC122;

    private static final long serialVersionUID = 1L;
    private static final int LONGEST_COMMENT = 64;

    private final int status;

    StoreRefusal(int status, String reason) {
        super(reason);
        this.status = status;
    }

    int status() {
        return status;
    }

    /** In plain words. */
    String reason() {
        return String.valueOf(getMessage());
    }

    /** For Error Comment (0000,0902), VR LO. */
    String comment() {
        String text = reason().replace('\\', '/').replaceAll("[^\\x20-\\x7e]", "?");
        return text.substring(0, Math.min(LONGEST_COMMENT, text.length()));
    }
}
