package org.segnode.preprocess;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.segnode.volume.io.NumpyReader;

/** Cases recorded with nnU-Net 2.8.1: the essential ones in the repository, all of them with -Dsegnode.golden=DIR. */
final class GoldenCases {
    static final ObjectMapper JSON = new ObjectMapper();

    private GoldenCases() {}

    /** Folder of the cases. */
    static Path folder() {
        String wide = System.getProperty("segnode.golden", "");
        return wide.isEmpty() ? Path.of("src/test/resources/golden/preprocess") : Path.of(wide, "preprocess");
    }

    static JsonNode json(Path file) {
        try {
            return JSON.readTree(file.toFile());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static List<JsonNode> lines(Path file) throws IOException {
        List<JsonNode> nodes = new ArrayList<>();
        for (String line : Files.readAllLines(file)) {
            nodes.add(JSON.readTree(line));
        }
        return nodes;
    }

    /** Entries of an index whose files are there. */
    static Stream<JsonNode> entries(Path index) {
        return json(index).valueStream();
    }

    static double[] numbers(Path npy) throws IOException {
        try (NumpyReader reader = NumpyReader.open(npy)) {
            int count = 1;
            for (int length : reader.shape()) {
                count *= length;
            }
            return reader.doubles(count);
        }
    }

    static int[] shape(Path npy) throws IOException {
        try (NumpyReader reader = NumpyReader.open(npy)) {
            return reader.shape();
        }
    }

    static int[] ints(JsonNode list) {
        return list.valueStream().mapToInt(JsonNode::asInt).toArray();
    }

    static double[] doubles(JsonNode list) {
        return list.valueStream().mapToDouble(JsonNode::asDouble).toArray();
    }
}
