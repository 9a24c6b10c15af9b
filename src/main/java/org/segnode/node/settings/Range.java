package org.segnode.node.settings;

import java.util.function.ToDoubleFunction;

/**
 * Numbers from {@code least} to {@code most}, both included.
 *
 * @param least negative infinity where open
 * @param most positive infinity where open
 * @param text as it is written in the settings
 */
public record Range(double least, double most, String text) {
    /** Everything. */
    public static final Range ANY = new Range(Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY, "..");

    public Range {
        if (!(least <= most)) {
            throw new IllegalArgumentException("a range ends at or above its beginning, is " + text);
        }
    }

    public boolean contains(double value) {
        return value >= least && value <= most;
    }

    public boolean isAny() {
        return least == Double.NEGATIVE_INFINITY && most == Double.POSITIVE_INFINITY;
    }

    /** {@code 0.5mm..3mm}, {@code ..3mm}, {@code 1mm..} or {@code 5mm}. */
    static Range ofLengths(String text) {
        return parse(text, Units::millimetres, "must be a range like 0.5mm..3mm, ..3mm or 1mm..");
    }

    /** {@code 20..400}, {@code 20..}, {@code ..400} or {@code 30}. */
    static Range ofCounts(String text) {
        return parse(text, part -> Integer.parseInt(part.strip()), "must be a range like 20..400, 20.. or ..400");
    }

    private static Range parse(String text, ToDoubleFunction<String> number, String expected) {
        int dots = text.indexOf("..");
        String from = dots < 0 ? text : text.substring(0, dots);
        String to = dots < 0 ? text : text.substring(dots + 2);
        try {
            return new Range(
                    from.isBlank() ? Double.NEGATIVE_INFINITY : number.applyAsDouble(from),
                    to.isBlank() ? Double.POSITIVE_INFINITY : number.applyAsDouble(to),
                    text.strip());
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(expected + ", is \"" + text + "\"", e);
        }
    }

    @Override
    public String toString() {
        return text;
    }
}
