package org.segnode.plan;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;

/**
 * JSON text as Python's {@code json.dump(value, file, indent=4)} writes it, byte for byte: one element per line, shortest
 * floats that read back the same ({@code 1e-05}), bare NaN, characters beyond ASCII escaped.
 */
public final class PythonJson {
    private static final String STEP = "    ";

    private final StringBuilder text = new StringBuilder();
    private final boolean sortKeys;

    private PythonJson(boolean sortKeys) {
        this.sortKeys = sortKeys;
    }

    /** @param sortKeys keys by code point instead of in their order */
    public static String text(JsonNode value, boolean sortKeys) {
        PythonJson json = new PythonJson(sortKeys);
        json.write(value, "\n");
        return json.text.toString();
    }

    /** Writes beside the file first and renames, so that no reader sees half of it. */
    public static void write(Path file, JsonNode value, boolean sortKeys) throws IOException {
        Path folder = file.toAbsolutePath().getParent();
        if (folder != null) {
            Files.createDirectories(folder);
        }
        Path part = file.resolveSibling(file.getFileName() + ".part");
        Files.writeString(part, text(value, sortKeys), StandardCharsets.US_ASCII);
        Files.move(part, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    }

    private void write(JsonNode value, String newLine) {
        if (value.isObject()) {
            writeObject(value, newLine);
        } else if (value.isArray()) {
            writeArray(value, newLine);
        } else if (value.isTextual()) {
            quote(value.textValue());
        } else if (value.isFloatingPointNumber()) {
            text.append(number(value.doubleValue()));
        } else {
            text.append(value.asText());
        }
    }

    private void writeObject(JsonNode object, String newLine) {
        if (object.isEmpty()) {
            text.append("{}");
            return;
        }
        List<String> keys = new ArrayList<>();
        for (Iterator<String> names = object.fieldNames(); names.hasNext(); ) {
            keys.add(names.next());
        }
        if (sortKeys) {
            Collections.sort(keys);
        }
        String inner = newLine + STEP;
        String before = "{" + inner;
        for (String key : keys) {
            text.append(before);
            quote(key);
            text.append(": ");
            write(object.get(key), inner);
            before = "," + inner;
        }
        text.append(newLine).append('}');
    }

    private void writeArray(JsonNode array, String newLine) {
        if (array.isEmpty()) {
            text.append("[]");
            return;
        }
        String inner = newLine + STEP;
        String before = "[" + inner;
        for (JsonNode item : array) {
            text.append(before);
            write(item, inner);
            before = "," + inner;
        }
        text.append(newLine).append(']');
    }

    private void quote(String value) {
        text.append('"');
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            switch (c) {
                case '"' -> text.append("\\\"");
                case '\\' -> text.append("\\\\");
                case '\n' -> text.append("\\n");
                case '\r' -> text.append("\\r");
                case '\t' -> text.append("\\t");
                case '\b' -> text.append("\\b");
                case '\f' -> text.append("\\f");
                default ->
                    text.append(
                            c >= ' ' && c < 0x7f ? String.valueOf(c) : String.format(Locale.ROOT, "\\u%04x", (int) c));
            }
        }
        text.append('"');
    }

    /** Python's {@code repr} of a float. */
    public static String number(double value) {
        if (Double.isNaN(value)) {
            return "NaN";
        }
        if (Double.isInfinite(value)) {
            return value > 0 ? "Infinity" : "-Infinity";
        }
        if (value == 0) {
            return 1 / value < 0 ? "-0.0" : "0.0";
        }
        BigDecimal shortest = shortest(Math.abs(value)).stripTrailingZeros();
        String digits = shortest.unscaledValue().toString();
        int point = digits.length() - shortest.scale();
        return (value < 0 ? "-" : "") + (point < -3 || point > 16 ? scientific(digits, point) : plain(digits, point));
    }

    private static BigDecimal shortest(double value) {
        BigDecimal exact = new BigDecimal(value);
        for (int digits = value < Double.MIN_NORMAL ? 1 : 15; digits < 17; digits++) {
            BigDecimal rounded = exact.round(new MathContext(digits, RoundingMode.HALF_EVEN));
            if (rounded.doubleValue() == value) {
                return rounded;
            }
        }
        return exact.round(new MathContext(17, RoundingMode.HALF_EVEN));
    }

    private static String plain(String digits, int point) {
        if (point <= 0) {
            return "0." + "0".repeat(-point) + digits;
        }
        if (digits.length() <= point) {
            return digits + "0".repeat(point - digits.length()) + ".0";
        }
        return digits.substring(0, point) + "." + digits.substring(point);
    }

    private static String scientific(String digits, int point) {
        String mantissa = digits.length() == 1 ? digits : digits.charAt(0) + "." + digits.substring(1);
        int exponent = point - 1;
        return mantissa + "e" + (exponent < 0 ? "-" : "+") + (Math.abs(exponent) < 10 ? "0" : "") + Math.abs(exponent);
    }
}
