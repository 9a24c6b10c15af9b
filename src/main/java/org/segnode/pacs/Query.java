package org.segnode.pacs;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * What to ask an archive for.
 *
 * @param keys DICOM keyword to what is wanted, in the matching of PS3.4 C.2.2.2: empty is asked for and matches all, {@code *}
 *     and {@code ?} stand for any letters, {@code 20260101-20260131} is a range of dates, UIDs are separated by backslashes
 */
public record Query(QueryLevel level, Map<String, String> keys) {
    public Query {
        Map<String, String> all = new LinkedHashMap<>(keys);
        all.putIfAbsent(level.uniqueKey(), "");
        level.usual().forEach(keyword -> all.putIfAbsent(keyword, ""));
        keys = Map.copyOf(all);
    }

    /** All studies that match what is added by {@link #with}. */
    public static Query studies() {
        return new Query(QueryLevel.STUDY, Map.of());
    }

    /** The series of one study. */
    public static Query seriesOf(String studyInstanceUid) {
        return new Query(QueryLevel.SERIES, Map.of("StudyInstanceUID", studyInstanceUid));
    }

    /** The objects of one series. */
    public static Query instancesOf(String studyInstanceUid, String seriesInstanceUid) {
        return new Query(
                QueryLevel.IMAGE, Map.of("StudyInstanceUID", studyInstanceUid, "SeriesInstanceUID", seriesInstanceUid));
    }

    /** The same query with one more key, or another value for it. */
    public Query with(String keyword, String value) {
        Map<String, String> more = new LinkedHashMap<>(keys);
        more.put(keyword, value);
        return new Query(level, more);
    }

    /** What is wanted of a key; empty if it is only asked for, or not at all. */
    public String key(String keyword) {
        return Objects.requireNonNullElse(keys.get(keyword), "");
    }
}
