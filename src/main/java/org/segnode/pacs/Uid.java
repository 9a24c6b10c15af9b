package org.segnode.pacs;

import java.util.regex.Pattern;

/** The syntax of unique identifiers, PS3.5 9.1: numbers separated by dots, at most 64 characters. */
final class Uid {
    private static final Pattern SYNTAX = Pattern.compile("[0-9]+(\\.[0-9]+)+");
    private static final int LONGEST = 64;

    private Uid() {}

    /** Leading zeros of a component, which the standard forbids and real devices write, are allowed. */
    static boolean isValid(String text) {
        return text.length() <= LONGEST && SYNTAX.matcher(text).matches();
    }
}
