package org.segnode.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class TilesTest {
    private static final Path FUNCTIONS = Path.of("src/test/resources/golden/inference/functions");

    private static List<JsonNode> lines(String name) throws IOException {
        List<JsonNode> nodes = new ArrayList<>();
        for (String line : Files.readAllLines(FUNCTIONS.resolve(name))) {
            nodes.add(new ObjectMapper().readTree(line));
        }
        return nodes;
    }

    static List<JsonNode> recordedSteps() throws IOException {
        return lines("steps.jsonl");
    }

    static List<JsonNode> recordedTiles() throws IOException {
        return lines("slicers.jsonl");
    }

    @ParameterizedTest
    @MethodSource("recordedSteps")
    void beginWhereNnunetBeginsThem(JsonNode line) {
        for (int axis = 0; axis < line.get("image_size").size(); axis++) {
            int[] starts = Tiles.starts(
                    line.get("image_size").get(axis).asInt(),
                    line.get("tile_size").get(axis).asInt(),
                    line.get("tile_step_size").asDouble());
            assertArrayEquals(ints(line.get("steps").get(axis)), starts, line::toString);
        }
    }

    @ParameterizedTest
    @MethodSource("recordedTiles")
    void comeInNnunetsOrder(JsonNode line) {
        boolean slices = line.get("tile_size").size() == 2;
        int[] tile = ints(line.get("tile_size"));
        int[] patch = slices ? new int[] {1, tile[0], tile[1]} : tile;
        List<int[]> tiles = Tiles.of(
                ints(line.get("image_size")), patch, line.get("tile_step_size").asDouble());

        JsonNode expected = line.get("slices");
        assertThat(tiles).hasSize(expected.size());
        for (int i = 0; i < tiles.size(); i++) {
            for (int axis = 0; axis < 3; axis++) {
                JsonNode place = expected.get(i).get(axis);
                assertThat(tiles.get(i)[axis])
                        .isEqualTo(place.isArray() ? place.get(0).asInt() : place.asInt());
            }
        }
    }

    @ParameterizedTest(name = "{0} voxels, tile {1}, step {2}")
    @CsvSource({"5,6,0.5,a tile of 6 voxels does not fit in 5", "6,6,0,is 0.0", "6,6,1.1,is 1.1", "6,6,NaN,is NaN"})
    void refuseWhatCannotBe(int length, int tile, double step, String reason) {
        assertThatThrownBy(() -> Tiles.starts(length, tile, step)).hasMessageContaining(reason);
    }

    @Test
    void coverEveryVoxel() {
        for (int length = 7; length < 60; length++) {
            int[] starts = Tiles.starts(length, 7, 0.5);
            assertThat(starts[0]).isZero();
            assertThat(starts[starts.length - 1]).isEqualTo(length - 7);
            for (int i = 1; i < starts.length; i++) {
                assertThat(starts[i] - starts[i - 1]).isBetween(1, 4);
            }
        }
    }

    private static int[] ints(JsonNode numbers) {
        int[] values = new int[numbers.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = numbers.get(i).asInt();
        }
        return values;
    }
}
