package org.segnode.volume.io;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Lines of keys and values at the beginning of a file, read byte by byte so that the voxels come next. */
final class TextHeader {
    private static final int LONGEST_LINE = 1 << 14;
    private static final int MOST_LINES = 10_000;

    private final Path file;
    private final Map<String, String> values = new LinkedHashMap<>();
    private int length;

    TextHeader(Path file) {
        this.file = file;
    }

    /** Takes a line; keys are compared in lower case. */
    void put(String key, String value) throws UnusableImageException {
        if (values.size() > MOST_LINES) {
            throw new UnusableImageException(file, "has a header of more than " + MOST_LINES + " lines");
        }
        values.put(key.strip().toLowerCase(Locale.ROOT), value.strip());
    }

    /** Bytes read as lines. */
    int length() {
        return length;
    }

    /** The next line without its end. */
    String line(InputStream in) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int each = in.read(); each != '\n'; each = in.read()) {
            if (each < 0 || line.size() > LONGEST_LINE) {
                throw new UnusableImageException(file, "ends within its header");
            }
            line.write(each);
            length++;
        }
        length++;
        String text = line.toString(StandardCharsets.ISO_8859_1);
        return text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
    }

    Optional<String> find(String... keys) {
        return Arrays.stream(keys)
                .map(values::get)
                .filter(value -> value != null)
                .findFirst();
    }

    String get(String... keys) throws UnusableImageException {
        return find(keys).orElseThrow(() -> new UnusableImageException(file, "has no " + keys[0] + " in its header"));
    }

    boolean truth(String... keys) {
        return find(keys).filter(value -> value.equalsIgnoreCase("true")).isPresent();
    }

    int[] integers(int count, String... keys) throws UnusableImageException {
        double[] numbers = numbers(get(keys), keys[0]);
        int[] integers = new int[numbers.length];
        for (int i = 0; i < numbers.length; i++) {
            integers[i] = (int) numbers[i];
            if (integers[i] != numbers[i]) {
                throw wrong(keys[0], get(keys));
            }
        }
        if (count > 0 && integers.length != count) {
            throw wrong(keys[0], get(keys));
        }
        return integers;
    }

    /** Finite numbers, separated by blanks. */
    double[] numbers(int count, String... keys) throws UnusableImageException {
        double[] numbers = numbers(get(keys), keys[0]);
        if (numbers.length != count) {
            throw wrong(keys[0], get(keys));
        }
        return numbers;
    }

    /** @param name of the key, for the message */
    double[] numbers(String text, String name) throws UnusableImageException {
        try {
            double[] numbers = Arrays.stream(text.strip().split("[\\s,]+"))
                    .mapToDouble(Double::parseDouble)
                    .toArray();
            for (double number : numbers) {
                if (!Double.isFinite(number)) {
                    throw wrong(name, text);
                }
            }
            return numbers;
        } catch (NumberFormatException notNumbers) {
            throw wrong(name, text);
        }
    }

    UnusableImageException wrong(String key, String value) {
        String brief = value.length() > 60 ? value.substring(0, 60) + "…" : value;
        return new UnusableImageException(file, "has the header \"" + key + "\" with the value \"" + brief + "\"");
    }
}
