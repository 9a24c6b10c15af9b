package org.segnode.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.segnode.dicom.DicomSeries;
import org.segnode.dicom.ResultForm;
import org.segnode.dicom.Results;
import org.segnode.dicom.SegmentationOrigin;
import org.segnode.dicom.SegmentedSeries;
import org.segnode.dicom.SeriesReader;
import org.segnode.plan.Code;
import org.segnode.plan.LabelMeaning;
import org.segnode.volume.Grid;
import org.segnode.volume.LabelMap;

class DemoResultTest {
    private static final Code ANATOMY = new Code("123037004", "SCT", "Anatomical Structure");
    private static final Code HIPPOCAMPUS = new Code("5366008", "SCT", "Hippocampus");
    private static final List<LabelMeaning> MEANINGS = List.of(
            new LabelMeaning(3, "Anterior", ANATOMY, HIPPOCAMPUS, Optional.empty(), "#ffb000"),
            new LabelMeaning(7, "Posterior", ANATOMY, HIPPOCAMPUS, Optional.empty(), "#38bdf8"));

    @TempDir
    Path folder;

    /** Label 3 in 10 rows of 10 voxels, the first in {@code firstRow}, of slice 9; label 7 in one voxel. */
    private static LabelMap box(Grid grid, int firstRow) {
        short[] labels = new short[grid.shape().voxels()];
        for (int row = firstRow; row < firstRow + 10; row++) {
            for (int column = 4; column < 14; column++) {
                labels[grid.shape().index(9, row, column)] = 3;
            }
        }
        labels[grid.shape().index(12, 0, 0)] = 7;
        return new LabelMap(grid, labels);
    }

    @Test
    void comparesTheSegmentsOfAResultWithTheGroundTruth() throws Exception {
        DemoCase sample = DemoCase.in(Path.of("dicom-samples")).get(1);
        DicomSeries series = new SeriesReader().read(sample.series());
        Path seg = folder.resolve("seg.dcm");
        SegmentedSeries found = new SegmentedSeries(
                series.onSource(box(series.volume().grid(), 20)),
                series.sourceValues(),
                MEANINGS,
                new SegmentationOrigin("test", "1", "00", "none"));
        Results.write(Set.of(ResultForm.SEG), found, (form, number, uid) -> seg);

        DemoResult result = DemoResult.of(sample, seg, box(series.volume().grid(), 22), MEANINGS);

        assertThat(result.name()).isEqualTo("case-251");
        assertThat(result.segments().get(0).millilitres()).isCloseTo(0.1, within(1e-9));
        assertThat(result.segments().get(0).dice()).isCloseTo(0.8, within(1e-9));
        assertThat(result.segments().get(1).dice()).isEqualTo(1);
        assertThat(result.worstDice()).isCloseTo(0.8, within(1e-9));
        assertThat(result.lines()).hasSize(3).element(1).asString().contains("Anterior", "0.10 ml", "0.800");
        result.draw(folder.resolve("picture.png"));
        assertThat(ImageIO.read(folder.resolve("picture.png").toFile()).getWidth())
                .isGreaterThan(600);
    }
}
