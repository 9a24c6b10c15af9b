package org.segnode.plan;

import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.assertj.core.api.SoftAssertions;

/** Recorded results of nnU-Net 2.8.1, kept compressed beside the tests. */
final class Golden {
    static final Path FOLDER = Path.of("src/test/resources/org/segnode/plan/golden");
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
            .build();

    private Golden() {}

    static byte[] bytes(String name) {
        try (InputStream in = new GZIPInputStream(Files.newInputStream(FOLDER.resolve(name + ".gz")))) {
            return in.readAllBytes();
        } catch (IOException cause) {
            throw new UncheckedIOException(cause);
        }
    }

    static JsonNode json(String text) {
        try {
            return MAPPER.readTree(text);
        } catch (IOException cause) {
            throw new UncheckedIOException(cause);
        }
    }

    static List<JsonNode> lines(String name) {
        return new String(bytes(name), StandardCharsets.UTF_8)
                .lines()
                .map(Golden::json)
                .toList();
    }

    static JsonValue value(JsonNode node) {
        try {
            return JsonValue.parse(
                    "golden", node.toString().replace("\"NaN\"", "NaN").getBytes(StandardCharsets.UTF_8));
        } catch (IOException cause) {
            throw new UncheckedIOException(cause);
        }
    }

    static double[] doubles(JsonNode array) {
        double[] values = new double[array.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = array.get(i).doubleValue();
        }
        return values;
    }

    /** Same keys in the same order, same texts, same whole numbers; floats within one unit in the last place. */
    static void compare(String place, JsonNode actual, JsonNode expected, SoftAssertions softly) {
        if (expected.isObject()) {
            softly.assertThat(actual.fieldNames())
                    .as(place)
                    .toIterable()
                    .containsExactlyElementsOf(() -> expected.fieldNames());
            expected.properties().forEach(entry -> {
                if (actual.has(entry.getKey())) {
                    compare(place + "/" + entry.getKey(), actual.get(entry.getKey()), entry.getValue(), softly);
                }
            });
        } else if (expected.isArray()) {
            softly.assertThat(actual.size()).as(place).isEqualTo(expected.size());
            for (int i = 0; i < Math.min(actual.size(), expected.size()); i++) {
                compare(place + "/" + i, actual.get(i), expected.get(i), softly);
            }
        } else if (expected.isFloatingPointNumber() && !Double.isNaN(expected.doubleValue())) {
            softly.assertThat(actual.isFloatingPointNumber()).as(place).isTrue();
            softly.assertThat(Math.abs(actual.doubleValue() - expected.doubleValue()))
                    .as(place + ": " + actual + " for " + expected)
                    .isLessThanOrEqualTo(Math.ulp(expected.doubleValue()));
        } else {
            softly.assertThat(actual.toString()).as(place).isEqualTo(expected.toString());
        }
    }
}
