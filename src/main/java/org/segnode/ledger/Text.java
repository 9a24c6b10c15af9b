package org.segnode.ledger;

import org.jspecify.annotations.Nullable;

/** Texts as their columns hold them. */
final class Text {
    private static final int LONGEST_REASON = 2000;

    private Text() {}

    static String orEmpty(@Nullable String text) {
        return text == null ? "" : text;
    }

    /** A reason that fits its column; the end of a longer one is cut. */
    static String reason(String text) {
        return text.length() <= LONGEST_REASON ? text : text.substring(0, LONGEST_REASON - 1) + "…";
    }
}
