package org.segnode.dicom;

/** Text that goes into an attribute. */
final class Texts {
    private Texts() {}

    /** Without backslashes and control characters, which separate values, and not longer than the attribute holds. */
    static String fitting(String text, int longest) {
        String clean = text.replace('\\', '/').replaceAll("\\p{Cntrl}", " ").strip();
        int end = Math.min(longest, clean.length());
        if (end > 0 && end < clean.length() && Character.isHighSurrogate(clean.charAt(end - 1))) {
            end--;
        }
        return clean.substring(0, end);
    }

    /** Whether the default repertoire (PS3.5 6.1.2.1) holds it. */
    static boolean isAscii(String text) {
        return text.chars().allMatch(c -> c < 0x80);
    }
}
