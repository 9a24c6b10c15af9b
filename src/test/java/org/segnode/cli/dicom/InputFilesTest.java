package org.segnode.cli.dicom;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InputFilesTest {
    @TempDir
    Path folder;

    @Test
    void takesWhatLiesBelowAFolderButNoHiddenFilesAndNoDicomdir() throws IOException {
        Path deep = Files.createDirectories(folder.resolve("series/one"));
        Path b = Files.createFile(deep.resolve("b"));
        Path a = Files.createFile(deep.resolve("a.dcm"));
        Files.createFile(deep.resolve(".hidden"));
        Files.createFile(folder.resolve("DICOMDIR"));
        assertThat(InputFiles.below(List.of(folder))).containsExactly(a, b);
    }

    @Test
    void namesTheFolderThatIsEmptyAndTheFileThatIsNotThere() {
        assertThatThrownBy(() -> InputFiles.below(List.of(folder))).hasMessage("no file in " + folder);
        assertThatThrownBy(() -> InputFiles.below(List.of(folder.resolve("x"))))
                .isInstanceOf(NoSuchFileException.class);
    }
}
