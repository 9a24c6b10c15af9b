package org.segnode.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DatasetFoldersTest {
    @TempDir
    Path folder;

    @Test
    void findsADataSetByItsNumber() throws IOException {
        Files.createDirectories(folder.resolve("raw/Dataset004_Hippocampus"));
        Files.createDirectories(folder.resolve("preprocessed/Dataset004_Hippocampus"));
        DatasetFolders folders = folders();
        assertThat(folders.datasetName("4")).isEqualTo("Dataset004_Hippocampus");
        assertThat(folders.datasetName("004")).isEqualTo("Dataset004_Hippocampus");
        assertThat(folders.raw("Dataset004_Hippocampus")).isEqualTo(folder.resolve("raw/Dataset004_Hippocampus"));
    }

    @Test
    void refusesANumberThatSeveralHaveOrNone() throws IOException {
        Files.createDirectories(folder.resolve("raw/Dataset004_A"));
        Files.createDirectories(folder.resolve("preprocessed/Dataset004_B"));
        assertThatThrownBy(() -> folders().datasetName("4"))
                .hasMessage("several data sets have the id 4: [Dataset004_A, Dataset004_B]");
        assertThatThrownBy(() -> folders().datasetName("5")).hasMessageContaining("no data set Dataset005_…");
        assertThatThrownBy(() -> folders().datasetName("Dataset001_../x")).hasMessageContaining("named like");
    }

    @Test
    void namesTheVariableThatIsMissing() {
        assertThatThrownBy(() -> folders().results("Dataset004_A"))
                .hasMessage("the environment variable nnUNet_results must name a folder");
    }

    private DatasetFolders folders() {
        return DatasetFolders.of(Map.of(
                "nnUNet_raw", folder.resolve("raw").toString(),
                "nnUNet_preprocessed", folder.resolve("preprocessed").toString()));
    }
}
