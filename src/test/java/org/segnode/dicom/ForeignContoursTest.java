package org.segnode.dicom;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.segnode.volume.Grid;
import org.segnode.volume.Shape;
import org.segnode.volume.Spacing;

/** Contours as other programs draw them, on 3 slices of 8 x 8 pixels of 1 mm, 4 mm apart. */
class ForeignContoursTest {
    private static final Grid GRID = Grid.axial(new Shape(3, 8, 8), new Spacing(4, 1, 1));

    @TempDir
    Path folder;

    @Test
    void aHoleIsAContourOfItsOwn() throws Exception {
        Annotation read = read(closed(square(0.5, 6.5, 4)), closed(square(2.5, 4.5, 4)));
        assertThat(count(read, 1)).isEqualTo(36 - 4);
    }

    @Test
    void aHoleIsReachedThroughAKeyhole() throws Exception {
        double[] keyhole = {
            0.5, 0.5, 4, 6.5, 0.5, 4, 6.5, 6.5, 4, 0.5, 6.5, 4, 0.5, 3.2, 4, 2.5, 3.2, 4, 2.5, 4.5, 4, 4.5, 4.5, 4, 4.5,
            2.5, 4, 2.5, 2.5, 4, 2.5, 3.2, 4, 0.5, 3.2, 4
        };
        assertThat(count(read(closed(keyhole)), 1)).isEqualTo(36 - 4);
    }

    @Test
    void severalPiecesLieInOneSliceAndAFirstPointMayBeRepeated() throws Exception {
        double[] again = {0.5, 0.5, 8, 2.5, 0.5, 8, 2.5, 2.5, 8, 0.5, 2.5, 8, 0.5, 0.5, 8};
        assertThat(count(read(closed(again), new Object[] {"CLOSEDPLANAR_XOR", square(4.5, 6.5, 8)}), 2))
                .isEqualTo(8);
    }

    @Test
    void aContourBetweenSlicesBelongsToTheNearestAndOfTwoPlanesOneIsTaken() throws Exception {
        Annotation read =
                read(closed(square(0.5, 2.5, 5.4)), closed(square(0.5, 4.5, 4.3)), closed(square(5.5, 6.5, 4.3)));
        assertThat(count(read, 1)).isEqualTo(17);
        assertThat(read.leftOut()).isEmpty();
    }

    @Test
    void whatEnclosesNothingOrLiesElsewhereIsTold() throws Exception {
        Annotation read = read(
                new Object[] {"OPEN_PLANAR", square(0.5, 2.5, 4)},
                new Object[] {"POINT", new double[] {1, 1, 4}},
                closed(new double[] {1, 1, 4, 2, 2, 4}),
                closed(square(0.5, 2.5, 13)));
        assertThat(count(read, 0) + count(read, 1) + count(read, 2)).isZero();
        assertThat(read.leftOut())
                .containsExactly(
                        "ROI 4: a contour of the type OPEN_PLANAR encloses nothing",
                        "ROI 4: a contour of the type POINT encloses nothing",
                        "ROI 4: a contour has not three or more points of three coordinates",
                        "ROI 4: a point of a contour lies 5 mm off the nearest slice, more than 2.01 mm");
    }

    private Annotation read(Object[]... contours) throws Exception {
        SourceSeries source = new SeriesReader()
                .read(MadeSeries.write(folder, MadeSeries.on(GRID)))
                .source();
        Path file = MadeAnnotation.structureSet(folder, List.of(contours));
        return AnnotationReader.read(file, source);
    }

    private static long count(Annotation read, int slice) {
        return read.segments().get(0).voxels().stream()
                .filter(index -> index / 64 == slice)
                .count();
    }

    private static Object[] closed(double[] xyz) {
        return new Object[] {"CLOSED_PLANAR", xyz};
    }

    private static double[] square(double from, double to, double z) {
        return new double[] {from, from, z, to, from, z, to, to, z, from, to, z};
    }
}
