package org.segnode.volume.io;

/** What a file says, for a message. */
final class Printable {
    private static final int LONGEST = 400;

    private Printable() {}

    /** One line without control characters, of at most 400 letters. */
    static String line(String text) {
        String start = text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "…";
        return start.replaceAll("[\\p{Cc}\\u2028\\u2029]", "?");
    }
}
