package org.segnode.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RandomStateTest {
    static List<JsonNode> seeds() throws IOException {
        ObjectMapper mapper = new ObjectMapper();
        try (var lines = Files.lines(Path.of("src/test/resources/org/segnode/plan/randomstate.jsonl"))) {
            return lines.map(line -> {
                        try {
                            return mapper.readTree(line);
                        } catch (IOException cause) {
                            throw new IllegalStateException(cause);
                        }
                    })
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void drawsWhatNumpyDraws(JsonNode expected) {
        long seed = expected.get("seed").longValue();
        RandomState words = new RandomState(seed);
        for (JsonNode word : expected.get("first_32bit_words")) {
            assertThat(Integer.toUnsignedLong(words.nextWord())).isEqualTo(word.longValue());
        }
        for (Iterator<String> names = expected.fieldNames(); names.hasNext(); ) {
            String name = names.next();
            JsonNode values = expected.get(name);
            if (name.startsWith("choice_") && name.endsWith("_with_replacement")) {
                long bound = Long.parseLong(name.split("_")[1]);
                if (bound <= Integer.MAX_VALUE) {
                    assertThat(new RandomState(seed).choice((int) bound, values.size()))
                            .as(name)
                            .containsExactly(ints(values));
                }
            } else if (name.startsWith("choice_") && name.endsWith("_without_replacement")) {
                int bound = Integer.parseInt(name.split("_")[1]);
                assertThat(new RandomState(seed).choiceWithoutReplacement(bound, values.size()))
                        .as(name)
                        .containsExactly(ints(values));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void drawsDoublesAndShufflesAsNumpy(JsonNode expected) {
        RandomState doubles = new RandomState(expected.get("seed").longValue());
        for (JsonNode value : expected.get("uniform_doubles")) {
            assertThat(doubles.nextDouble()).isEqualTo(value.doubleValue());
        }
        int[] shuffled = IntStream.range(0, 12).toArray();
        new RandomState(expected.get("seed").longValue()).shuffle(shuffled);
        assertThat(shuffled).containsExactly(ints(expected.get("shuffle_12")));
    }

    @Test
    void continuesInSequence() {
        RandomState random = new RandomState(1234);
        assertThat(random.choice(100, 10)).containsExactly(47, 83, 38, 53, 76, 24, 15, 49, 23, 26);
        assertThat(random.choiceWithoutReplacement(20, 5)).containsExactly(7, 10, 4, 1, 19);
        assertThat(new RandomState(12350).choiceWithoutReplacement(10, 8)).containsExactly(0, 8, 4, 5, 3, 9, 7, 6);
    }

    @Test
    void refusesWhatCannotBeDrawn() {
        assertThatThrownBy(() -> new RandomState(-1)).hasMessageContaining("is -1");
        assertThatThrownBy(() -> new RandomState(0).nextInt(0)).hasMessageContaining("is 0");
        assertThatThrownBy(() -> new RandomState(0).choiceWithoutReplacement(2, 3))
                .hasMessageContaining("3 of 2");
    }

    private static int[] ints(JsonNode values) {
        return IntStream.range(0, values.size())
                .map(i -> values.get(i).intValue())
                .toArray();
    }
}
