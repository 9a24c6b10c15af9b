package org.segnode.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.segnode.preprocess.Probabilities;
import org.segnode.preprocess.SavedProbabilities;
import org.segnode.volume.LabelMap;
import org.segnode.volume.Shape;
import org.segnode.volume.io.VolumeFiles;

class FolderEnsembleTest {
    private static final Path GOLDEN = Path.of("src/test/resources/golden/ensemble");

    @TempDir
    private Path output;

    /** Releases of nnU-Net up to 2.6.4 applied the sigmoid twice, and the last region flooded the image. */
    @ParameterizedTest
    @CsvSource({
        "regions_low_probabilities, 2",
        "regions_low_probabilities, 3",
        "regions_odd_order, 2",
        "regions_odd_order, 3",
        "labels_ties, 2",
        "labels_ties, 3"
    })
    void givesNnunetsResult(String name, int members) throws IOException {
        List<Path> folders = new ArrayList<>();
        for (int i = 0; i < members; i++) {
            folders.add(GOLDEN.resolve(name + "/model" + i));
        }
        List<Probabilities.Range> ranges = new ArrayList<>();
        FolderEnsemble.run(folders, output, true, (which, folder, range) -> ranges.add(range));

        Path expected = GOLDEN.resolve(name + "/ensemble_of_" + members);
        LabelMap labels = VolumeFiles.readLabels(output.resolve("case.nii.gz"));
        LabelMap recorded = VolumeFiles.readLabels(expected.resolve("case.nii.gz"));
        assertThat(labels.labels()).isEqualTo(recorded.labels());
        assertThat(labels.grid().origin().minus(recorded.grid().origin()).length())
                .isLessThan(1e-4);
        assertThat(labels.grid().rowStep().minus(recorded.grid().rowStep()).length())
                .isLessThan(1e-4);
        assertThat(SavedProbabilities.read(output.resolve("case.npz")).heads())
                .isDeepEqualTo(
                        SavedProbabilities.read(expected.resolve("case.npz")).heads());
        assertThat(ranges).hasSize(members).allSatisfy(range -> {
            assertThat(range.smallest()).isBetween(0.0, range.mean());
            assertThat(range.largest()).isBetween(range.mean(), 1.0);
        });
    }

    @ParameterizedTest
    @CsvSource({"Dataset501_Labels, 3", "Dataset502_Regions, 4"})
    void averagesTwoConfigurations(String dataset, int cases) throws IOException {
        Path golden = Path.of("src/test/resources/golden/inference");
        List<Path> folders = new ArrayList<>();
        for (String configuration : List.of("2d", "3d_fullres")) {
            Path folder = Files.createDirectories(output.resolve(configuration));
            Path model = golden.resolve("models/" + dataset + "/nnUNetTrainer__nnUNetPlans__" + configuration);
            Path predictions = golden.resolve("results/" + dataset + "/" + configuration + "/default");
            Files.copy(model.resolve("dataset.json"), folder.resolve("dataset.json"));
            Files.copy(model.resolve("plans.json"), folder.resolve("plans.json"));
            for (int i = 0; i < cases; i++) {
                Files.copy(predictions.resolve("in" + i + ".npz"), folder.resolve("in" + i + ".npz"));
                Files.copy(predictions.resolve("in" + i + ".pkl"), folder.resolve("in" + i + ".pkl"));
            }
            folders.add(folder);
        }
        FolderEnsemble.run(folders, output, true, (which, folder, range) -> {});
        Path expected = GOLDEN.resolve(dataset + "__2d+3d_fullres");
        for (int i = 0; i < cases; i++) {
            assertThat(VolumeFiles.readLabels(output.resolve("in" + i + ".nii.gz"))
                            .labels())
                    .isEqualTo(VolumeFiles.readLabels(expected.resolve("in" + i + ".nii.gz"))
                            .labels());
            assertThat(SavedProbabilities.read(output.resolve("in" + i + ".npz"))
                            .heads())
                    .isDeepEqualTo(SavedProbabilities.read(expected.resolve("in" + i + ".npz"))
                            .heads());
        }
    }

    @Test
    void refusesLogits() throws IOException {
        Path folder = Files.createDirectories(output.resolve("logits"));
        Path model = GOLDEN.resolve("labels_ties/model0");
        Probabilities wrong = new Probabilities(new Shape(1, 1, 2), new float[][] {{0.5f, 3}, {0.5f, -3}});
        SavedProbabilities.write(folder, "case", wrong, model.resolve("case.pkl"));
        Files.copy(model.resolve("dataset.json"), folder.resolve("dataset.json"));
        Files.copy(model.resolve("plans.json"), folder.resolve("plans.json"));

        assertThatThrownBy(() -> FolderEnsemble.run(List.of(folder), output, false, (name, where, range) -> {}))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("must lie between 0 and 1, lie between -3.0 and 3.0");
    }

    @Test
    void refusesFoldersWithOtherCases() {
        Path one = GOLDEN.resolve("labels_ties/model0");
        Path other = Path.of("src/test/resources/golden/inference/results/Dataset501_Labels/2d/default");
        assertThatThrownBy(() -> FolderEnsemble.run(List.of(one, other), output, false, (name, where, range) -> {}))
                .hasMessageContaining("has other cases than");
    }
}
