package org.segnode.pacs;

import java.util.regex.Pattern;

/** The syntax of an AE title, PS3.5 6.2 VR AE: 1 to 16 printable characters, no backslash, not only spaces. */
final class AeTitle {
    private static final Pattern SYNTAX = Pattern.compile("[\\x20-\\x7e&&[^\\\\]]{1,16}");

    private AeTitle() {}

    static String require(String what, String aet) {
        if (!SYNTAX.matcher(aet).matches() || !aet.equals(aet.strip())) {
            throw new IllegalArgumentException(
                    what + " must be 1 to 16 printable characters without outer spaces, is \"" + aet + "\"");
        }
        return aet;
    }
}
