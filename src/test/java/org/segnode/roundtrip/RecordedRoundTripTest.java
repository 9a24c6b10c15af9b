package org.segnode.roundtrip;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code nnunet_round_trip.py} showed with the real nnU-Net holds for what is written today. */
class RecordedRoundTripTest {
    private static final Path RECORD = Path.of("src/test/resources/org/segnode/roundtrip/nnunet.json");

    @TempDir
    Path folder;

    private static JsonNode recorded() throws IOException {
        return new ObjectMapper().readTree(RECORD.toFile());
    }

    @Test
    void everyFormatIsStillWhatNnunetWasShown() throws IOException {
        Map<String, String> shown = new TreeMap<>();
        recorded()
                .get("formats")
                .properties()
                .forEach(each -> shown.put(each.getKey(), each.getValue().asText()));
        assertThat(Exported.formats(folder))
                .as("a writer has changed: run src/test/python/nnunet_round_trip.py again")
                .isEqualTo(shown);
    }

    @Test
    void nothingDeviatedInAnyPartOfTheRoundTrip() throws IOException {
        assertThat(recorded().get("versions").get("nnunetv2").asText()).isEqualTo("2.8.1");
        assertThat(recorded().get("comparisons"))
                .hasSizeGreaterThan(50)
                .allSatisfy(each -> assertThat(each.get("equal").asBoolean()).isTrue());
        for (String part : new String[] {
            "Plans.json", "rewritten", "nnUNetPredictor", "prepared", "a batch", "segnode reads", "ensemble", "4 GiB"
        }) {
            assertThat(recorded().get("comparisons"))
                    .as(part)
                    .anySatisfy(each -> assertThat(each.get("what").asText()).contains(part));
        }
    }
}
