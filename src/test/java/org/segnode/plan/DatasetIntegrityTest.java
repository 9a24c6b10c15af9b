package org.segnode.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.segnode.volume.Grid;
import org.segnode.volume.LabelMap;
import org.segnode.volume.Shape;
import org.segnode.volume.Spacing;
import org.segnode.volume.Volume;

class DatasetIntegrityTest {
    private static final Dataset DATASET = new Dataset(
            List.of("CT"), Labels.of("a", "b"), OptionalInt.of(1), ".nii.gz", java.util.Optional.empty(), Map.of());

    @Test
    void findsNothingInARealDataSet() throws Exception {
        RawDataset raw =
                RawDataset.read(Path.of("src/test/resources/org/segnode/plan/fingerprint/Dataset701_Hippocampus"));
        assertThat(new DatasetIntegrity(raw.dataset(), raw.cases()).findings(2)).isEmpty();
    }

    @Test
    void listsEverythingAtOnce() throws Exception {
        Volume image = new Volume(grid(2, 1), List.of(new float[] {1, Float.NaN}, new float[2]));
        LabelMap labels = new LabelMap(grid(3, 1.5), new short[] {0, 7, 0});
        assertThat(new DatasetIntegrity(DATASET, List.of(given("x", image, labels), given("y", image, labels)))
                        .findings(2))
                .contains("dataset.json: numTraining must be the number of cases, 2, is 1")
                .contains("x: must have 1 channels, has 2")
                .contains("x: channel 0 holds 1 voxels that are NaN")
                .contains("x: the label file holds labels that dataset.json does not declare: {7}")
                .contains("x: the image has the shape 1 x 1 x 2, its labels have 1 x 1 x 3")
                .contains("x: the image has a spacing of 1.0 mm along axis 2, its labels have 1.5 mm")
                .hasSize(1 + 2 * 5);
    }

    @Test
    void saysThatAMaskIsAllBlack() throws Exception {
        Volume image = new Volume(grid(2, 1), new float[] {1, 2});
        LabelMap labels = new LabelMap(grid(2, 1), new short[2]);
        assertThat(new DatasetIntegrity(DATASET, List.of(given("x", image, labels))).findings(1))
                .containsExactly("x: the label file is all background: the mask is all black");
    }

    @Test
    void refusesToMeasureWhatHasNoForeground() {
        Volume image = new Volume(grid(2, 1), new float[] {1, 2});
        LabelMap labels = new LabelMap(grid(2, 1), new short[2]);
        FingerprintExtractor extractor = new FingerprintExtractor(List.of(given("x", image, labels)), 1, 100);
        assertThatThrownBy(() -> extractor.extract(1))
                .isInstanceOf(UnusableFileException.class)
                .hasMessage("no case has a labelled voxel");
    }

    @Test
    void namesTheCaseThatCannotBeMeasured() {
        Volume image = new Volume(grid(2, 1), new float[] {1, Float.NaN});
        LabelMap labels = new LabelMap(grid(2, 1), new short[] {0, 1});
        FingerprintExtractor extractor = new FingerprintExtractor(List.of(given("x", image, labels)), 1, 100);
        assertThatThrownBy(() -> extractor.extract(1)).hasMessage("x: the image holds NaN");
    }

    private static Grid grid(int columns, double spacing) {
        return Grid.axial(new Shape(1, 1, columns), new Spacing(1, 1, spacing));
    }

    private static LabelledCase given(String id, Volume image, LabelMap labels) {
        return new LabelledCase() {
            @Override
            public String id() {
                return id;
            }

            @Override
            public Volume image() throws IOException {
                return image;
            }

            @Override
            public LabelMap labels() throws IOException {
                return labels;
            }
        };
    }
}
