package org.segnode.plan;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A value read from a JSON file together with where it stood, so that every complaint names file, key and value.
 *
 * @param place file and keys, for example {@code plans.json: configurations/2d/patch_size}
 * @param node the value as parsed
 */
public record JsonValue(String place, JsonNode node) {
    private static final int SHOWN = 60;

    /** NaN and Infinity are bare words, as Python writes them. */
    private static final JsonMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(50)
                            .maxStringLength(1 << 20)
                            .maxNameLength(1 << 12)
                            .maxNumberLength(400)
                            .build())
                    .build())
            .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
            .build();

    /** @param largest size in bytes above which the file is refused */
    public static JsonValue read(Path file, int largest) throws IOException {
        return parse(file.toString(), bytes(file, largest));
    }

    /** The same for a file that holds a list. */
    static JsonValue readList(Path file, int largest) throws IOException {
        JsonValue read = any(file.toString(), bytes(file, largest));
        if (!read.isList()) {
            throw new UnusableFileException(file + ": must hold a JSON list");
        }
        return read;
    }

    private static byte[] bytes(Path file, int largest) throws IOException {
        byte[] bytes;
        try (InputStream in = Files.newInputStream(file)) {
            bytes = in.readNBytes(largest + 1);
        }
        if (bytes.length > largest) {
            throw new UnusableFileException(file + ": is larger than " + largest + " bytes");
        }
        return bytes;
    }

    static JsonValue parse(String name, byte[] bytes) throws UnusableFileException {
        JsonValue read = any(name, bytes);
        if (!read.node.isObject()) {
            throw new UnusableFileException(name + ": must hold a JSON object");
        }
        return read;
    }

    private static JsonValue any(String name, byte[] bytes) throws UnusableFileException {
        try {
            JsonNode node = MAPPER.readTree(bytes);
            return new JsonValue(name, node == null ? MAPPER.missingNode() : node);
        } catch (JsonProcessingException cause) {
            throw new UnusableFileException(name + ": is not JSON: "
                    + cause.getOriginalMessage().lines().findFirst().orElse("") + " (line "
                    + (cause.getLocation() == null ? 0 : cause.getLocation().getLineNr()) + ")");
        } catch (IOException cause) {
            throw new UnusableFileException(name + ": is not text: " + cause.getMessage());
        }
    }

    /** Present and not null. */
    boolean has(String key) {
        return node.hasNonNull(key);
    }

    public JsonValue get(String key) throws UnusableFileException {
        requireObject();
        JsonNode value = node.get(key);
        if (value == null) {
            throw new UnusableFileException(place + ": key \"" + key + "\" is missing");
        }
        return new JsonValue(inner(key), value);
    }

    /** Empty where the key is missing or null. */
    Optional<JsonValue> find(String key) throws UnusableFileException {
        requireObject();
        return has(key) ? Optional.of(get(key)) : Optional.empty();
    }

    /** The entries of an object in the order of the file. */
    Map<String, JsonValue> entries() throws UnusableFileException {
        requireObject();
        Map<String, JsonValue> entries = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> entry : node.properties()) {
            entries.put(entry.getKey(), new JsonValue(inner(entry.getKey()), entry.getValue()));
        }
        return entries;
    }

    public List<JsonValue> items() throws UnusableFileException {
        if (!node.isArray()) {
            throw wrong("a list");
        }
        List<JsonValue> items = new ArrayList<>(node.size());
        for (int i = 0; i < node.size(); i++) {
            items.add(new JsonValue(inner(Integer.toString(i)), node.get(i)));
        }
        return items;
    }

    public boolean isList() {
        return node.isArray();
    }

    public String text() throws UnusableFileException {
        if (!node.isTextual()) {
            throw wrong("a text");
        }
        return node.textValue();
    }

    boolean truth() throws UnusableFileException {
        if (!node.isBoolean()) {
            throw wrong("true or false");
        }
        return node.booleanValue();
    }

    /** A whole number; 3.0 is taken as 3. */
    public int integer(int least, int most) throws UnusableFileException {
        double value = node.isNumber() ? node.doubleValue() : Double.NaN;
        if (!(value >= least && value <= most) || value != Math.rint(value)) {
            throw wrong("a whole number from " + least + " to " + most);
        }
        return (int) value;
    }

    /** Any number, NaN and infinities included. */
    double number() throws UnusableFileException {
        if (!node.isNumber()) {
            throw wrong("a number");
        }
        return node.doubleValue();
    }

    double number(double least, double most) throws UnusableFileException {
        double value = node.isNumber() ? node.doubleValue() : Double.NaN;
        if (!(value >= least && value <= most)) {
            throw wrong("a number from " + least + " to " + most);
        }
        return value;
    }

    List<Integer> integers(int least, int most) throws UnusableFileException {
        List<Integer> values = new ArrayList<>();
        for (JsonValue item : items()) {
            values.add(item.integer(least, most));
        }
        return List.copyOf(values);
    }

    List<Double> numbers(double least, double most) throws UnusableFileException {
        List<Double> values = new ArrayList<>();
        for (JsonValue item : items()) {
            values.add(item.number(least, most));
        }
        return List.copyOf(values);
    }

    /** The complaint that the value is not what is wanted. */
    public UnusableFileException wrong(String wanted) {
        return new UnusableFileException(place + " must be " + wanted + ", is " + shown());
    }

    private String shown() {
        String text = node.isContainerNode() && node.size() > 40 ? "of " + node.size() + " entries" : node.toString();
        return text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "…";
    }

    private String inner(String key) {
        String shown = key.length() <= SHOWN ? key : key.substring(0, SHOWN) + "…";
        String clean = shown.replaceAll("\\p{Cntrl}", "?");
        return place.contains(": ") ? place + "/" + clean : place + ": " + clean;
    }

    private void requireObject() throws UnusableFileException {
        if (!node.isObject()) {
            throw wrong("an object");
        }
    }
}
