package org.segnode.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DatasetTest {
    @Test
    void readsRegionsInTheOrderOfTheFile() throws IOException {
        Dataset dataset = Dataset.read(Path.of("src/test/resources/org/segnode/plan/hippocampus-regions-dataset.json"));
        Labels labels = dataset.labels();
        assertThat(dataset.numTraining()).hasValue(182);
        assertThat(labels.hasRegions()).isTrue();
        assertThat(labels.regions()).extracting(Region::key).containsExactly("(1, 2)", "2");
        assertThat(labels.regionsClassOrder()).containsExactly(1, 2);
        assertThat(labels.heads()).isEqualTo(2);
        assertThat(labels.all()).containsExactly(0, 1, 2);
        assertThat(labels.declared()).isEqualTo(3);
    }

    @Test
    void countsIgnoreAsDeclaredButNotAsAHead() throws IOException {
        Labels labels = dataset("\"labels\": {\"background\": 0, \"b\": 2, \"a\": 1, \"ignore\": 3}")
                .labels();
        assertThat(labels.hasRegions()).isFalse();
        assertThat(labels.ignore()).hasValue(3);
        assertThat(labels.heads()).isEqualTo(3);
        assertThat(labels.declared()).isEqualTo(4);
        assertThat(labels.foreground()).containsExactly(1, 2);
        assertThat(labels.evaluated()).extracting(Region::name).containsExactly("a", "b");
    }

    @Test
    void takesTheOldNameOfTheChannels() throws IOException {
        Dataset dataset =
                parse("{\"modality\": {\"1\": \"T1\", \"0\": \"CT\"}, \"labels\": {\"background\": 0, \"a\": 1},"
                        + " \"file_ending\": \".nrrd\", \"overwrite_image_reader_writer\": \"None\"}");
        assertThat(dataset.channelNames()).containsExactly("CT", "T1");
        assertThat(dataset.normalizations()).containsExactly(Normalization.CT, Normalization.Z_SCORE);
        assertThat(dataset.imageReaderWriter()).isEmpty();
        assertThat(dataset.numTraining()).isEmpty();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "CT | CTNormalization",
                "ct | CTNormalization",
                "noNorm | NoNormalization",
                "MRI | ZScoreNormalization",
                "window(40,400) | SegnodeWindow(40.0,400.0)",
                "range(-1000,1000) | SegnodeRange(-1000.0,1000.0)",
            })
    void normalisesByTheNameOfTheChannel(String channel, String className) {
        Normalization normalization = Normalization.ofChannel(channel);
        assertThat(normalization.className()).isEqualTo(className);
        assertThat(Normalization.ofClassName(className)).contains(normalization);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "\"labels\": {\"a\": 1} | labels: key \"background\" is missing",
                "\"labels\": {\"background\": 1, \"a\": 0} | labels/background must be the number 0, is 1",
                "\"labels\": {\"background\": 0, \"a\": 2} | labels must be consecutive numbers from 0, are [0, 2]",
                "\"labels\": {\"background\": 0, \"a\": -1} | labels/a must be a whole number from 0 to 32767, is -1",
                "\"labels\": {\"background\": 0, \"a\": 1.5} | labels/a must be a whole number from 0 to 32767, is 1.5",
                "\"labels\": {\"background\": 0, \"a\": 1, \"ignore\": 4} | labels/ignore must be the largest other label + 1, 2, is 4",
                "\"labels\": {\"background\": 0, \"a\": [1, 2]} | regions_class_order must have one number per region, 1, has 0",
                "\"labels\": {\"background\": 0, \"a\": []} | region \"a\" has one label",
                "\"labels\": {\"background\": 0} | labels need at least one besides background",
                "\"labels\": 7 | labels must be an object, is 7",
            })
    void refusesLabelsThatCannotBe(String labels, String complaint) {
        assertThatThrownBy(() -> dataset(labels))
                .isInstanceOf(UnusableFileException.class)
                .hasMessageContaining("dataset.json: ")
                .hasMessageContaining(complaint);
    }

    private static Dataset dataset(String labels) throws UnusableFileException {
        return parse("{\"channel_names\": {\"0\": \"CT\"}, " + labels + ", \"file_ending\": \".nii.gz\"}");
    }

    private static Dataset parse(String text) throws UnusableFileException {
        return Dataset.of(JsonValue.parse("dataset.json", text.getBytes(StandardCharsets.UTF_8)));
    }
}
