package org.segnode.preprocess;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.segnode.volume.Box;
import org.segnode.volume.Grid;
import org.segnode.volume.Shape;
import org.segnode.volume.Spacing;
import org.segnode.volume.io.PickleReader;
import org.segnode.volume.io.PickleTuple;

class PreparedCasesTest {
    private static final Shape SHAPE = new Shape(2, 3, 4);
    private static final CaseGeometry GEOMETRY = new CaseGeometry(
            Grid.axial(new Shape(5, 6, 3), new Spacing(2, 1, 1)),
            new Spacing(2, 1, 1),
            new AxisPermutation(List.of(2, 0, 1)),
            new Box(0, 3, 1, 5, 0, 6));

    @TempDir
    Path folder;

    private static TrainingCase trainingCase() {
        short[] labels = new short[24];
        labels[7] = 2;
        labels[23] = -1;
        ClassLocations locations = new ClassLocations(List.of(
                new ClassLocations.Entry(List.of(2), false, new int[] {7}),
                new ClassLocations.Entry(List.of(-1, 0, 2), true, new int[] {23, 0}),
                new ClassLocations.Entry(List.of(5), false, new int[0])));
        float[] channel = new float[24];
        channel[5] = 2.5f;
        return new TrainingCase(new PreparedCase(SHAPE, List.of(channel), GEOMETRY), labels, locations);
    }

    @Test
    void whatIsKeptCanBeTakenOutAgain() throws Exception {
        PreparedCases cases = new PreparedCases(folder);
        cases.write("case_1", trainingCase());
        assertThat(cases.names()).containsExactly("case_1");
        PreparedCases.Stored stored = cases.read("case_1");
        assertThat(stored.shape()).isEqualTo(SHAPE);
        assertThat(stored.channels().get(0))
                .isEqualTo(trainingCase().image().channels().get(0));
        assertThat(stored.labels()).isEqualTo(trainingCase().labels());
        assertThat(stored.locations().classes()).hasSize(3);
        assertThat(stored.locations().classes().get(1).voxels()).containsExactly(23, 0);
        assertThat(stored.locations().classes().get(1).labels()).containsExactly(-1, 0, 2);
    }

    @Test
    void propertiesHaveTheKeysNnunetReads() throws Exception {
        new PreparedCases(folder).write("case_1", trainingCase());
        assertThat(PickleReader.read(folder.resolve("case_1.pkl"))).isInstanceOfSatisfying(Map.class, properties -> {
            assertThat(properties.get("spacing")).isEqualTo(List.of(2.0, 1.0, 1.0));
            assertThat(properties.get("shape_before_cropping")).isEqualTo(PickleTuple.ofLongs(3, 5, 6));
            assertThat(properties.get("bbox_used_for_cropping"))
                    .isEqualTo(List.of(List.of(0L, 3L), List.of(1L, 5L), List.of(0L, 6L)));
        });
    }

    @Test
    void blosc2FoldersAreRefusedWithTheWayToConvertThem() throws Exception {
        Files.createFile(folder.resolve("case_1.b2nd"));
        assertThatThrownBy(() -> new PreparedCases(folder).names())
                .hasMessageContaining("holds .b2nd files")
                .hasMessageContaining("numpy.savez_compressed");
    }

    @Test
    void probabilitiesThatAreSavedCanBeRead() throws Exception {
        float[][] heads = {{0.25f, 1}, {0.75f, 0}};
        Probabilities probabilities = new Probabilities(new Shape(1, 1, 2), heads);
        SavedProbabilities.write(folder, "case_1", probabilities, GEOMETRY);
        Probabilities read = SavedProbabilities.read(folder.resolve("case_1.npz"));
        assertThat(read.shape()).isEqualTo(new Shape(1, 1, 2));
        assertThat(read.heads()).isDeepEqualTo(heads);
        assertThat(read.range()).isEqualTo(new Probabilities.Range(0, 0.5, 1));
    }

    @Test
    void logitsAreNotTakenForProbabilities() {
        Probabilities logits = new Probabilities(new Shape(1, 1, 2), new float[][] {{-3, 2}});
        assertThatThrownBy(() -> logits.requireValid("fold 3"))
                .hasMessage(
                        "probabilities of fold 3 must lie between 0 and 1, lie between -3.0 and 2.0; are they logits?");
    }
}
