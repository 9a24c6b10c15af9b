package org.segnode.volume;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ReorientationTest {
    private static final Grid OBLIQUE = new Grid(
            new Shape(2, 3, 5),
            new Position(-10, 20, 30),
            new Position(0.1, -0.2, 2.5),
            new Position(0.05, 0.9, 0.1),
            new Position(0.7, -0.03, 0.02));

    static List<String> orientations() {
        List<String> all = new ArrayList<>();
        for (String axes : List.of("LPS", "LSP", "PLS", "PSL", "SLP", "SPL")) {
            for (int flips = 0; flips < 8; flips++) {
                StringBuilder letters = new StringBuilder();
                for (int i = 0; i < 3; i++) {
                    char letter = axes.charAt(i);
                    letters.append((flips >> i & 1) == 0 ? letter : "RAI".charAt("LPS".indexOf(letter)));
                }
                all.add(letters.toString());
            }
        }
        return all;
    }

    @ParameterizedTest
    @MethodSource("orientations")
    void bringsAGridIntoEveryOrientation(String letters) {
        Orientation target = new Orientation(letters);

        Grid moved = Reorientation.between(Orientation.of(OBLIQUE), target).apply(OBLIQUE);

        assertThat(Orientation.of(moved)).isEqualTo(target);
    }

    @ParameterizedTest
    @MethodSource("orientations")
    void keepsEveryVoxelAtItsPlaceInThePatient(String letters) {
        Volume volume = new Volume(OBLIQUE, countUp(OBLIQUE.shape().voxels()));

        Volume moved = Reorientation.between(Orientation.of(OBLIQUE), new Orientation(letters))
                .apply(volume);

        Shape shape = moved.shape();
        for (int slice = 0; slice < shape.slices(); slice++) {
            for (int row = 0; row < shape.rows(); row++) {
                for (int column = 0; column < shape.columns(); column++) {
                    int source = (int) moved.channels().get(0)[shape.index(slice, row, column)];
                    Position place =
                            OBLIQUE.position(Math.floorDiv(source, 15), Math.floorDiv(source, 5) % 3, source % 5);
                    assertThat(moved.grid()
                                    .position(slice, row, column)
                                    .minus(place)
                                    .length())
                            .isLessThan(1e-9);
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("orientations")
    void isUndoneByItsInverse(String letters) {
        LabelMap labels = new LabelMap(OBLIQUE, countUpLabels(OBLIQUE.shape().voxels()));
        Reorientation there = Reorientation.between(Orientation.of(OBLIQUE), new Orientation(letters));

        LabelMap back = there.inverse().apply(there.apply(labels));

        assertThat(back.labels()).isEqualTo(labels.labels());
        assertThat(back.grid().origin().minus(OBLIQUE.origin()).length()).isLessThan(1e-9);
    }

    @Test
    void namesTheUsualOrientations() {
        assertThat(Orientation.of(Grid.axial(new Shape(2, 3, 4), new Spacing(3, 2, 1))))
                .isEqualTo(Orientation.LPS);
    }

    @Test
    void refusesLettersThatAreNoOrientation() {
        assertThatThrownBy(() -> new Orientation("RAL"))
                .hasMessageContaining("one of R L")
                .hasMessageContaining("RAL");
        assertThatThrownBy(() -> new Orientation("XAS")).hasMessageContaining("XAS");
        assertThatThrownBy(() -> new Orientation("RASL")).hasMessageContaining("RASL");
    }

    private static float[] countUp(int voxels) {
        float[] values = new float[voxels];
        for (int i = 0; i < voxels; i++) {
            values[i] = i;
        }
        return values;
    }

    private static short[] countUpLabels(int voxels) {
        short[] values = new short[voxels];
        for (int i = 0; i < voxels; i++) {
            values[i] = (short) i;
        }
        return values;
    }
}
