package org.segnode.node.settings;

import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Values with their units, as people write them. Each throws IllegalArgumentException saying how it is written. */
final class Units {
    private static final Pattern NUMBER_AND_UNIT = Pattern.compile("(\\d+(?:\\.\\d+)?)\\s*([A-Za-z]+)");
    private static final Map<String, Long> MILLISECONDS =
            Map.of("ms", 1L, "s", 1_000L, "m", 60_000L, "h", 3_600_000L, "d", 86_400_000L);
    private static final Map<String, Long> BYTES =
            Map.of("KB", 1_000L, "MB", 1_000_000L, "GB", 1_000_000_000L, "TB", 1_000_000_000_000L);
    private static final Map<String, Double> MILLIMETRES = Map.of("mm", 1.0, "cm", 10.0);

    private Units() {}

    /** {@code 500ms}, {@code 30s}, {@code 5m}, {@code 2h} or {@code 7d}. */
    static Duration duration(String text) {
        Matcher matcher = split(text, "a time like 500ms, 30s, 5m, 2h or 7d");
        Long unit = MILLISECONDS.get(matcher.group(2).toLowerCase(Locale.ROOT));
        if (unit == null) {
            throw wrong("a time like 500ms, 30s, 5m, 2h or 7d", text);
        }
        return Duration.ofMillis(Math.round(Double.parseDouble(matcher.group(1)) * unit));
    }

    /** {@code 500MB}, {@code 2GB}: powers of 1000, in bytes. */
    static long bytes(String text) {
        Matcher matcher = split(text, "a size like 500MB or 2GB");
        Long unit = BYTES.get(matcher.group(2).toUpperCase(Locale.ROOT));
        if (unit == null) {
            throw wrong("a size like 500MB or 2GB", text);
        }
        return Math.round(Double.parseDouble(matcher.group(1)) * unit);
    }

    /** {@code 20mm} or {@code 2cm}, in mm. */
    static double millimetres(String text) {
        Matcher matcher = split(text, "a length like 20mm or 2cm");
        Double unit = MILLIMETRES.get(matcher.group(2).toLowerCase(Locale.ROOT));
        if (unit == null) {
            throw wrong("a length like 20mm or 2cm", text);
        }
        return Double.parseDouble(matcher.group(1)) * unit;
    }

    private static Matcher split(String text, String expected) {
        Matcher matcher = NUMBER_AND_UNIT.matcher(text.strip());
        if (!matcher.matches()) {
            throw wrong(expected, text);
        }
        return matcher;
    }

    private static IllegalArgumentException wrong(String expected, String text) {
        return new IllegalArgumentException("must be " + expected + ", is \"" + text + "\"");
    }
}
