package org.segnode.volume;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GridTest {
    private static final Grid SHEARED = new Grid(
            new Shape(2, 3, 4),
            new Position(10, 20, 30),
            new Position(0.5, 0, 3),
            new Position(0, 2, 0),
            new Position(1.5, 0, 0));

    @Test
    void placesVoxelsAlongItsSteps() {
        assertThat(SHEARED.position(1, 2, 3)).isEqualTo(new Position(15, 24, 33));
        assertThat(SHEARED.position(-1, 0, 0.5)).isEqualTo(new Position(10.25, 20, 27));
        assertThat(SHEARED.step(0)).isEqualTo(SHEARED.sliceStep());
        assertThat(SHEARED.step(1)).isEqualTo(SHEARED.rowStep());
        assertThat(SHEARED.step(2)).isEqualTo(SHEARED.columnStep());
        assertThatThrownBy(() -> SHEARED.step(3)).hasMessageContaining("0, 1 or 2");
    }

    @Test
    void aVoxelOfAShearedGridHasTheVolumeOfItsBoxNotOfItsEdges() {
        assertThat(SHEARED.voxelVolume()).isCloseTo(3 * 2 * 1.5, within(1e-12));
        assertThat(SHEARED.spacing().slice()).isCloseTo(Math.sqrt(9.25), within(1e-12));
    }

    /** Lengths are square roots: 0.6 and 0.8 times 1.1 give 1.1000000000000003. */
    @ParameterizedTest(name = "{0}")
    @CsvSource({"1.1", "0.7", "3.3", "0.48828125", "0.30000001192092896"})
    void aLengthThatDiffersOnlyByRoundingIsTheNumberThatWasMeant(double length) {
        Grid oblique = new Grid(
                new Shape(1, 1, 1),
                new Position(0, 0, 0),
                new Position(0, 0, 1),
                new Position(-0.8 * length, 0.6 * length, 0),
                new Position(0.6 * length, 0.8 * length, 0));
        assertThat(oblique.spacing().row()).isEqualTo(length);
        assertThat(oblique.spacing().column()).isEqualTo(length);
    }

    @ParameterizedTest(name = "steps of {0}, {1}, {2} mm")
    @CsvSource({"0, 1, 1", "1e200, 1e200, 1", "1e-200, 1, 1", "1e160, 1e-160, 1"})
    void refusesStepsThatSpanNoVolumeOrHaveNoLength(double slice, double row, double column) {
        assertThatThrownBy(() -> new Grid(
                        new Shape(1, 1, 1),
                        new Position(0, 0, 0),
                        new Position(0, 0, slice),
                        new Position(0, row, 0),
                        new Position(column, 0, 0)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("must span a volume");
    }
}
