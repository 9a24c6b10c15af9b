package org.segnode.dicom.outline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OutlinesTest {
    @Test
    void aSinglePixelHasADiamondAroundIt() {
        Polygon diamond = outlines("...", ".#.").get(0);
        assertThat(diamond.columns()).containsExactlyInAnyOrder(0.5, 1, 1.5, 1);
        assertThat(diamond.rows()).containsExactlyInAnyOrder(1, 0.5, 1, 1.5);
    }

    @Test
    void aStraightEdgeNeedsItsEndsOnly() {
        assertThat(outlines("####", "####", "####").get(0).points()).isEqualTo(8);
    }

    @Test
    void pixelsThatTouchAtACornerAreApart() {
        assertThat(outlines("#.", ".#")).hasSize(2);
        assertThat(outlines(".#", "#.")).hasSize(2);
    }

    @Test
    void holesAreJoinedToTheirOutlineAndIslandsInThemAreApart() {
        String[] ring = {"#######", "#.....#", "#..#..#", "#.....#", "#######", "#.#.#.#", "#######"};
        assertThat(outlines(ring)).hasSize(2);
        requireSame(ring);
    }

    @Test
    void whereNothingIsThereIsNoOutline() {
        assertThat(outlines("...", "...")).isEmpty();
    }

    @ParameterizedTest(name = "random plane {0}")
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8})
    void fillingGivesThePixelsBack(int seed) {
        Random random = new Random(seed);
        int columns = 1 + random.nextInt(23);
        String[] plane = new String[1 + random.nextInt(17)];
        for (int row = 0; row < plane.length; row++) {
            StringBuilder line = new StringBuilder();
            for (int column = 0; column < columns; column++) {
                line.append(random.nextInt(8) < seed ? '#' : '.');
            }
            plane[row] = line.toString();
        }
        requireSame(plane);
    }

    @Test
    void aPlaneBeyondTheVolumeIsRefused() {
        assertThatThrownBy(() -> new LabelPlane(new short[10], 2, 3, 3))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("rows 0 to 3 of a plane of 3 x 3 from 2 on are not within 10 labels");
    }

    @Test
    void twoPointsAreNoPolygon() {
        assertThatThrownBy(() -> new Polygon(new double[2], new double[2]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("is given 2 and 2");
    }

    private static void requireSame(String... plane) {
        int columns = plane[0].length();
        boolean[] filled = new boolean[plane.length * columns];
        outlines(plane).forEach(polygon -> polygon.toggle(filled, plane.length, columns));
        StringBuilder text = new StringBuilder();
        for (boolean inside : filled) {
            text.append(inside ? '#' : '.');
        }
        assertThat(text.toString()).isEqualTo(String.join("", plane));
    }

    private static List<Polygon> outlines(String... plane) {
        String all = String.join("", plane);
        short[] labels = new short[3 + all.length()];
        for (int i = 0; i < all.length(); i++) {
            labels[3 + i] = (short) (all.charAt(i) == '#' ? 7 : 2);
        }
        return Outlines.joined(new LabelPlane(labels, 3, plane.length, plane[0].length()), 7);
    }
}
