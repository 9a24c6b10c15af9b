package org.segnode.cli.dicom;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SegmentInputTest {
    @TempDir
    Path folder;

    private Path file(String name) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.createFile(file);
    }

    @Test
    void aFolderWithoutResearchFilesIsOneDicomSeries() throws IOException {
        Path one = file("series/IM0001");
        Path two = file("series/IM0002.dcm");
        SegmentInput input = SegmentInput.of(List.of(folder.resolve("series")));
        assertThat(input.isDicom()).isTrue();
        assertThat(input.cases()).containsExactly(new SegmentInput.Case("series", List.of(one, two)));
    }

    @Test
    void filesNamedOneByOneAreTheChannelsOfOneCaseInTheOrderGiven() throws IOException {
        Path second = file("case_1_0001.nii.gz");
        Path first = file("case_1_0000.nii.gz");
        SegmentInput input = SegmentInput.of(List.of(second, first));
        assertThat(input.isDicom()).isFalse();
        assertThat(input.cases()).containsExactly(new SegmentInput.Case("case_1", List.of(second, first)));
    }

    @Test
    void aFolderOfResearchFilesHoldsCasesWithTheirChannels() throws IOException {
        Path a1 = file("in/a_0001.nii.gz");
        Path a0 = file("in/a_0000.nii.gz");
        Path b0 = file("in/b.2_0000.nii.gz");
        file("in/notes.txt");
        assertThat(SegmentInput.of(List.of(folder.resolve("in"))).cases())
                .containsExactly(
                        new SegmentInput.Case("a", List.of(a0, a1)), new SegmentInput.Case("b.2", List.of(b0)));
    }

    @Test
    void refusesResearchFilesMixedWithOthers() throws IOException {
        List<Path> mixed = List.of(file("a.nii"), file("b.dcm"));
        assertThatThrownBy(() -> SegmentInput.of(mixed)).hasMessageContaining("b.dcm");
    }
}
