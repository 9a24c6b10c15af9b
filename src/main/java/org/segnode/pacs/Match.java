package org.segnode.pacs;

import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;

/**
 * One answer of an archive: a study, a series or an instance. Its unique key is a valid UID; everything else is as the
 * archive says it.
 *
 * @param values DICOM keyword to value, several values separated by backslashes; only keys that were asked for
 */
public record Match(QueryLevel level, Map<String, String> values) {
    public Match {
        values = Map.copyOf(values);
    }

    /** Empty if the archive does not say it. */
    public String value(String keyword) {
        return Objects.requireNonNullElse(values.get(keyword), "");
    }

    /** The UID of what this is about. */
    public String uid() {
        return value(level.uniqueKey());
    }

    /** A whole number that is not negative; empty if the archive does not say it, or something else. */
    public OptionalInt count(String keyword) {
        String text = value(keyword);
        return text.matches("\\d{1,9}") ? OptionalInt.of(Integer.parseInt(text)) : OptionalInt.empty();
    }
}
