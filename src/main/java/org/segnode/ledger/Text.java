package org.segnode.ledger;

import java.nio.charset.StandardCharsets;
import java.util.UUID;
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

    /** A key of 32 hexadecimal digits made from a text. */
    static String digest(String text) {
        return UUID.nameUUIDFromBytes(text.getBytes(StandardCharsets.UTF_8))
                .toString()
                .replace("-", "");
    }
}
