package org.segnode.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.segnode.plan.LabelMeaning;
import org.segnode.plan.UnusableFileException;
import org.segnode.volume.Orientation;

class ModelDescriptionTest {
    static final Path HIPPOCAMPUS = Path.of("src/models/hippocampus-3d/model.json");

    @TempDir
    Path folder;

    @Test
    void readsTheDemoModelsDescription() throws Exception {
        ModelDescription read = ModelDescription.read(HIPPOCAMPUS);
        assertThat(read.id()).isEqualTo("hippocampus-3d");
        assertThat(read.orientation()).contains(Orientation.RAS);
        assertThat(read.labels()).extracting(LabelMeaning::label).containsExactly(1, 2);
        assertThat(read.labels().get(0).type().value()).isEqualTo("5366008");
        assertThat(read.labels().get(0).side().orElseThrow().meaning()).isEqualTo("Anterior");
    }

    @Test
    void writesWhatItReads() throws Exception {
        ModelDescription read = ModelDescription.read(HIPPOCAMPUS);
        Path copy = folder.resolve("model.json");
        read.write(copy);
        assertThat(ModelDescription.read(copy)).isEqualTo(read);
        assertThat(copy).hasSameTextualContentAs(HIPPOCAMPUS, StandardCharsets.UTF_8);
    }

    @Test
    void theIntendedUseIsReadAndWritten() throws Exception {
        Path copy = folder.resolve("model.json");
        String json = Files.readString(HIPPOCAMPUS);
        Files.writeString(copy, json.replaceFirst("\\{", "{ \"intendedUse\": \"research on adults\","));
        ModelDescription read = ModelDescription.read(copy);
        assertThat(read.intendedUse()).contains("research on adults");
        read.write(copy);
        assertThat(ModelDescription.read(copy)).isEqualTo(read);
    }

    @Test
    void tellsAllComplaintsAtOnceEachWithItsPlace() {
        assertThatThrownBy(() -> read("""
                        {"id": "a/b", "version": "1", "modality": "magnetic", "orientation": "RAX", "colour": 1,
                         "labels": [
                           {"label": 0.5, "name": "x", "colour": "#ffffff", "side": 1,
                            "category": {"value": "1", "scheme": "SCT"}, "type": 3},
                           {"label": 40000, "name": "y", "colour": "red",
                            "category": {"value": "1", "scheme": "SCT", "meaning": "m"},
                            "type": {"value": "12345678901234567", "scheme": "SCT", "meaning": "m"}}]}
                        """))
                .isInstanceOf(UnusableFileException.class)
                .hasMessageContaining("m.json: id must have 1 to 64 letters")
                .hasMessageContaining("is \"a/b\"")
                .hasMessageContaining("m.json: title is missing")
                .hasMessageContaining("modality must be a DICOM modality like MR or CT, is \"magnetic\"")
                .hasMessageContaining("orientation an orientation is three letters")
                .hasMessageContaining("colour is not a key of model.json")
                .hasMessageContaining("labels/0/label must be a whole number from 1 to 32767, is 0.5")
                .hasMessageContaining("labels/0/side is not a key of model.json")
                .hasMessageContaining("labels/0/category/meaning is missing")
                .hasMessageContaining("labels/0/type must be an object with value, scheme and meaning, is 3")
                .hasMessageContaining("labels/1/type a code value has 1 to 16 characters");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "[]|must hold a JSON object",
                "{|is not JSON",
                "{} {}|is not JSON",
                "{\"id\": \"a\", \"id\": \"b\"}|is not JSON: Duplicate",
                "{\"labels\": 3}|labels must be a list, is 3",
            })
    void refusesWhatIsNoDescription(String json, String reason) {
        assertThatThrownBy(() -> read(json))
                .isInstanceOf(UnusableFileException.class)
                .hasMessageContaining(reason);
    }

    @Test
    void refusesLabelsThatDoNotAscend() throws Exception {
        String twice = Files.readString(HIPPOCAMPUS).replace("\"label\" : 2", "\"label\" : 1");
        assertThatThrownBy(() -> read(twice))
                .hasMessage("m.json: labels must ascend without repeats, but 1 comes after 1");
    }

    private static ModelDescription read(String json) throws Exception {
        return DescriptionReader.read("m.json", json.getBytes(StandardCharsets.UTF_8));
    }
}
