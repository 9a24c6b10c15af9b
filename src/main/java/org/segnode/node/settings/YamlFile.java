package org.segnode.node.settings;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads a YAML file as {@link Entry} values, so that a complaint can name the line. */
final class YamlFile {
    private static final YAMLFactory YAML = YAMLFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    private YamlFile() {}

    /**
     * @return the keys of the file; none if it is empty
     * @throws SettingsException if the file cannot be read or is not a YAML mapping
     */
    static Entry.Block read(Path file) {
        try (JsonParser parser = YAML.createParser(Files.readString(file))) {
            if (parser.nextToken() == null) {
                return new Entry.Block(Map.of(), 1);
            }
            Entry entry = entry(parser);
            if (entry instanceof Entry.Block block) {
                return block;
            }
            throw new SettingsException(
                    file, List.of("line 1: the file begins with the name of a section, like node:"));
        } catch (JsonProcessingException e) {
            throw new SettingsException(file, List.of(place(e) + "not YAML: " + firstLine(e.getOriginalMessage())));
        } catch (IOException e) {
            throw new SettingsException(file, List.of("cannot be read: " + e));
        }
    }

    private static Entry entry(JsonParser parser) throws IOException {
        int line = parser.currentTokenLocation().getLineNr();
        JsonToken token = parser.currentToken();
        if (token == JsonToken.START_OBJECT) {
            Map<String, Entry> entries = new LinkedHashMap<>();
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String key = parser.currentName();
                parser.nextToken();
                entries.put(key, entry(parser));
            }
            return new Entry.Block(entries, line);
        }
        if (token == JsonToken.START_ARRAY) {
            List<Entry> entries = new ArrayList<>();
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                entries.add(entry(parser));
            }
            return new Entry.Items(entries, line);
        }
        return new Entry.Text(token == JsonToken.VALUE_NULL ? "" : parser.getText(), line);
    }

    private static String place(JsonProcessingException e) {
        return e.getLocation() == null ? "" : "line " + e.getLocation().getLineNr() + ": ";
    }

    private static String firstLine(String message) {
        return message.lines().findFirst().orElse("");
    }
}
