package org.segnode.pacs;

import java.util.Optional;
import java.util.regex.Pattern;
import org.aoju.bus.image.galaxy.data.Attributes;

/** The syntax of unique identifiers, PS3.5 9.1: numbers separated by dots, at most 64 characters. */
final class Uid {
    private static final Pattern SYNTAX = Pattern.compile("[0-9]+(\\.[0-9]+)+");
    private static final int LONGEST = 64;

    private Uid() {}

    /** The value of an element that has exactly one, and a valid one. */
    static Optional<String> of(Attributes attributes, int tag) {
        String[] values = attributes.getStrings(tag);
        return values != null && values.length == 1 && values[0] != null && isValid(values[0])
                ? Optional.of(values[0])
                : Optional.empty();
    }

    /** Leading zeros of a component, which the standard forbids and real devices write, are allowed. */
    static boolean isValid(String text) {
        return text.length() <= LONGEST && SYNTAX.matcher(text).matches();
    }
}
