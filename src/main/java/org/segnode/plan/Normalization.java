package org.segnode.plan;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How the intensities of a channel are normalised.
 *
 * @param scheme the rule
 * @param lower value that becomes 0, for {@link Scheme#WINDOW} and {@link Scheme#RANGE}; else 0
 * @param upper value that becomes 1, above {@code lower}; else 1
 */
public record Normalization(Scheme scheme, double lower, double upper) {
    public static final Normalization Z_SCORE = new Normalization(Scheme.Z_SCORE, 0, 1);
    public static final Normalization CT = new Normalization(Scheme.CT, 0, 1);
    public static final Normalization NONE = new Normalization(Scheme.NONE, 0, 1);
    public static final Normalization RESCALE_TO_0_1 = new Normalization(Scheme.RESCALE_TO_0_1, 0, 1);
    public static final Normalization RGB_TO_0_1 = new Normalization(Scheme.RGB_TO_0_1, 0, 1);

    private static final Pattern WITH_NUMBERS = Pattern.compile("(\\w{1,40})\\(([^,()]{1,30}),([^,()]{1,30})\\)");

    /** The rules: five of nnU-Net and two of this project. */
    public enum Scheme {
        Z_SCORE("ZScoreNormalization"),
        CT("CTNormalization"),
        NONE("NoNormalization"),
        RESCALE_TO_0_1("RescaleTo01Normalization"),
        RGB_TO_0_1("RGBTo01Normalization"),
        /** Clip to a window given by centre and width, then to 0…1; not known to nnU-Net. */
        WINDOW("SegnodeWindow"),
        /** Clip to a range given by its ends, then to 0…1; not known to nnU-Net. */
        RANGE("SegnodeRange");

        private final String className;

        Scheme(String className) {
            this.className = className;
        }
    }

    public Normalization {
        if (!(lower < upper) || Double.isInfinite(lower) || Double.isInfinite(upper)) {
            throw new IllegalArgumentException(
                    "a window or range must have a lower end below its upper end, is " + lower + " to " + upper);
        }
    }

    /** Clip to centre ± width / 2, then to 0…1. */
    public static Normalization window(double centre, double width) {
        return new Normalization(Scheme.WINDOW, centre - width / 2, centre + width / 2);
    }

    /** Clip to the range, then to 0…1. */
    public static Normalization range(double lower, double upper) {
        return new Normalization(Scheme.RANGE, lower, upper);
    }

    /** Whether nnU-Net itself knows it; plans with others cannot be used there. */
    public boolean isExportable() {
        return scheme != Scheme.WINDOW && scheme != Scheme.RANGE;
    }

    /** Whether statistics may be limited to the non-zero region. */
    public boolean usesMask() {
        return scheme == Scheme.Z_SCORE;
    }

    /** Name in plans.json. */
    public String className() {
        return switch (scheme) {
            case WINDOW -> scheme.className + "(" + (lower + upper) / 2 + "," + (upper - lower) + ")";
            case RANGE -> scheme.className + "(" + lower + "," + upper + ")";
            default -> scheme.className;
        };
    }

    /** @param className as in plans.json; empty for a name that is not known */
    public static Optional<Normalization> ofClassName(String className) {
        for (Scheme scheme : Scheme.values()) {
            if (scheme.className.equals(className) && scheme != Scheme.WINDOW && scheme != Scheme.RANGE) {
                return Optional.of(new Normalization(scheme, 0, 1));
            }
        }
        return withNumbers(className, Scheme.WINDOW.className, Scheme.RANGE.className);
    }

    /**
     * The scheme for a channel name of dataset.json, compared without case: {@code CT}, {@code noNorm},
     * {@code rescale_to_0_1}, {@code rgb_to_0_1}, {@code window(40,400)} (centre, width), {@code range(-1000,1000)};
     * anything else means Z-score.
     */
    public static Normalization ofChannel(String name) {
        return switch (name.toLowerCase(Locale.ROOT)) {
            case "ct" -> CT;
            case "nonorm" -> NONE;
            case "rescale_to_0_1" -> RESCALE_TO_0_1;
            case "rgb_to_0_1" -> RGB_TO_0_1;
            default ->
                withNumbers(name.toLowerCase(Locale.ROOT), "window", "range").orElse(Z_SCORE);
        };
    }

    private static Optional<Normalization> withNumbers(String text, String window, String range) {
        Matcher parts = WITH_NUMBERS.matcher(text);
        if (!parts.matches()
                || (!parts.group(1).equals(window) && !parts.group(1).equals(range))) {
            return Optional.empty();
        }
        try {
            double first = Double.parseDouble(parts.group(2));
            double second = Double.parseDouble(parts.group(3));
            return Optional.of(parts.group(1).equals(window) ? window(first, second) : range(first, second));
        } catch (NumberFormatException notNumbers) {
            return Optional.empty();
        }
    }
}
