package org.segnode.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.segnode.volume.Grid;
import org.segnode.volume.LabelMap;
import org.segnode.volume.Position;
import org.segnode.volume.Shape;
import org.segnode.volume.Spacing;
import org.segnode.volume.Volume;
import org.segnode.volume.io.StoredImage;

class DatasetIntegrityTest {
    private static final Dataset DATASET = new Dataset(
            List.of("CT"), Labels.of("a", "b"), OptionalInt.of(1), ".nii.gz", java.util.Optional.empty(), Map.of());

    @Test
    void findsNothingInARealDataSet() throws Exception {
        RawDataset raw =
                RawDataset.read(Path.of("src/test/resources/org/segnode/plan/fingerprint/Dataset701_Hippocampus"));
        assertThat(new DatasetIntegrity(raw.dataset(), raw.cases()).findings(CaseTasks.of(2)))
                .isEmpty();
    }

    @Test
    void listsEverythingAtOnce() throws Exception {
        Volume image = new Volume(grid(2, 1), List.of(new float[] {1, Float.NaN}, new float[2]));
        LabelMap labels = new LabelMap(grid(3, 1.5), new short[] {0, 7, 0});
        assertThat(new DatasetIntegrity(DATASET, List.of(given("x", image, labels), given("y", image, labels)))
                        .findings(CaseTasks.of(2)))
                .extracting(DatasetIntegrity.Finding::toString)
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
        assertThat(new DatasetIntegrity(DATASET, List.of(given("x", image, labels))).findings(CaseTasks.of(1)))
                .extracting(DatasetIntegrity.Finding::toString)
                .containsExactly("warning: x: the label file is all background: the mask is all black");
    }

    @Test
    void saysThatLabelsLieElsewhereOrPointElsewhere() throws Exception {
        Volume image = new Volume(grid(2, 1), new float[] {1, 2});
        Grid shifted = new Grid(
                new Shape(1, 1, 2),
                new Position(0, 0, 5),
                new Position(0, 0, 1),
                new Position(0, 1, 0),
                new Position(-1, 0, 0));
        LabelMap labels = new LabelMap(shifted, new short[] {0, 1});
        assertThat(new DatasetIntegrity(DATASET, List.of(given("x", image, labels))).findings(CaseTasks.of(1)))
                .hasSize(2)
                .allMatch(DatasetIntegrity.Finding::isWarning);
    }

    @Test
    void namesFilesThatAreMissingOrNoLabelsTogetherWithTheRest(@TempDir Path folder) throws Exception {
        Path source = Path.of("src/test/resources/org/segnode/plan/fingerprint/Dataset701_Hippocampus");
        RawDataset given = RawDataset.read(source);
        Files.copy(source.resolve("dataset.json"), folder.resolve("dataset.json"));
        Files.createDirectory(folder.resolve("imagesTr"));
        Files.createDirectory(folder.resolve("labelsTr"));
        List<String> ids = given.caseIds();
        for (String id : ids) {
            Path image = given.images(id).get(0);
            Files.copy(image, folder.resolve("imagesTr").resolve(image.getFileName()));
        }
        Path image = given.images(ids.get(0)).get(0);
        Files.copy(image, folder.resolve("labelsTr").resolve(ids.get(0) + ".nii.gz"));

        RawDataset spoiled = RawDataset.read(folder);
        List<String> findings = new DatasetIntegrity(spoiled.dataset(), spoiled.cases())
                .findings(CaseTasks.of(2)).stream()
                        .map(DatasetIntegrity.Finding::toString)
                        .toList();
        assertThat(findings)
                .anyMatch(line -> line.startsWith(ids.get(0) + ": ") && line.contains("label"))
                .contains(ids.get(1) + ": there is no file " + folder.resolve("labelsTr/" + ids.get(1) + ".nii.gz"));
    }

    @Test
    void refusesToMeasureWhatHasNoForeground() {
        Volume image = new Volume(grid(2, 1), new float[] {1, 2});
        LabelMap labels = new LabelMap(grid(2, 1), new short[2]);
        FingerprintExtractor extractor = new FingerprintExtractor(List.of(given("x", image, labels)), 1, 100);
        assertThatThrownBy(() -> extractor.extract(CaseTasks.of(1)))
                .isInstanceOf(UnusableFileException.class)
                .hasMessage("no case has a labelled voxel");
    }

    @Test
    void namesTheCaseThatCannotBeMeasured() {
        Volume image = new Volume(grid(2, 1), new float[] {1, Float.NaN});
        LabelMap labels = new LabelMap(grid(2, 1), new short[] {0, 1});
        FingerprintExtractor extractor = new FingerprintExtractor(List.of(given("x", image, labels)), 1, 100);
        assertThatThrownBy(() -> extractor.extract(CaseTasks.of(1))).hasMessage("x: the image holds NaN");
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
            public StoredImage storedImage() {
                return new StoredImage(image, image.grid());
            }

            @Override
            public long bytes() {
                return 1L << 40;
            }

            @Override
            public LabelMap labels() {
                return labels;
            }
        };
    }
}
