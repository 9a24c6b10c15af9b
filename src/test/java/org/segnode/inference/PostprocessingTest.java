package org.segnode.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.segnode.volume.Grid;
import org.segnode.volume.LabelMap;
import org.segnode.volume.Shape;
import org.segnode.volume.Spacing;
import org.segnode.volume.io.VolumeFiles;

class PostprocessingTest {
    private static final Path GOLDEN = Path.of("src/test/resources/golden/evaluation/postprocessing");

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "all_foreground",
                "per_class",
                "nothing",
                "both",
                "tie",
                "diagonal",
                "nan",
                "regions_all",
                "regions_per_region",
                "single_label"
            })
    void givesNnunetsResult(String name) throws IOException {
        Path predicted = GOLDEN.resolve(name + "/pred");
        Postprocessing postprocessing = Postprocessing.read(predicted.resolve("postprocessing.json"));
        try (Stream<Path> files = Files.list(predicted.resolve("postprocessed"))) {
            for (Path file :
                    files.filter(each -> each.toString().endsWith(".nii.gz")).toList()) {
                LabelMap before = VolumeFiles.readLabels(predicted.resolve(file.getFileName()));
                assertThat(postprocessing.apply(before).labels())
                        .isEqualTo(VolumeFiles.readLabels(file).labels());
            }
        }
    }

    @Test
    void keepsPiecesOfEqualSizeAndThoseThatTouchByACorner() {
        short[] line = {1, 0, 1, 0, 2, 2, 0, 0, 1};
        LabelMap map = new LabelMap(Grid.axial(new Shape(1, 3, 3), new Spacing(1, 1, 1)), line);

        assertThat(new Postprocessing(List.of(Set.of(1))).apply(map).labels()).isEqualTo(line);
        assertThat(new Postprocessing(List.of(Set.of(1, 2))).apply(map).labels())
                .isEqualTo(line);
        assertThat(line).as("the argument").containsExactly(1, 0, 1, 0, 2, 2, 0, 0, 1);
    }

    @Test
    void refusesWhatItDoesNotKnow() throws IOException {
        Path file = folder.resolve("postprocessing.json");
        Files.writeString(file, "{\"postprocessing_fns\": [\"rm\"], \"postprocessing_kwargs\": [{}]}");
        assertThatThrownBy(() -> Postprocessing.read(file))
                .hasMessageContaining(
                        "postprocessing_fns/0 must be remove_all_but_largest_component_from_segmentation, is \"rm\"");
        Files.writeString(file, "{\"postprocessing_fns\": [\"rm\"]");
        assertThatThrownBy(() -> Postprocessing.read(file)).hasMessageContaining("is not JSON");
        Files.writeString(file, "{\"postprocessing_fns\": []}");
        assertThatThrownBy(() -> Postprocessing.read(file))
                .hasMessageContaining("key \"postprocessing_kwargs\" is missing");
    }
}
