package org.segnode.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.awt.Rectangle;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.segnode.cli.picture.SliceImage;
import org.segnode.plan.Code;
import org.segnode.plan.LabelMeaning;
import org.segnode.volume.Grid;
import org.segnode.volume.LabelMap;
import org.segnode.volume.Shape;
import org.segnode.volume.Spacing;
import org.segnode.volume.Volume;

class ContourPictureTest {
    private static final Shape SHAPE = new Shape(12, 10, 7);
    private static final Grid GRID = Grid.axial(SHAPE, new Spacing(3, 1.5, 2));
    private static final LabelMeaning RED = new LabelMeaning(
            1,
            "Liver",
            new Code("123037004", "SCT", "Anatomical Structure"),
            new Code("10200004", "SCT", "Liver"),
            Optional.empty(),
            "#ff0000");

    /** Label 1 in rows 2 to 4 and columns 3 to 5 of the slices from 4 to 7. */
    private static LabelMap box() {
        short[] labels = new short[SHAPE.voxels()];
        for (int slice = 4; slice < 8; slice++) {
            for (int row = 2; row < 5; row++) {
                for (int column = 3; column < 6; column++) {
                    labels[SHAPE.index(slice, row, column)] = 1;
                }
            }
        }
        return new LabelMap(GRID, labels);
    }

    private static ContourPicture picture(LabelMap labelMap) {
        Volume volume = new Volume(GRID, new float[SHAPE.voxels()]);
        return new ContourPicture(
                "title", volume, labelMap, List.of(new ContourPicture.Segment(RED, "Liver 1.0 ml")), "note");
    }

    @Test
    void aContourRunsHalfWayToTheVoxelsOutside() {
        Rectangle2D bounds = new Contour(box(), 5, 1).path().getBounds2D();
        assertThat(bounds).isEqualTo(new Rectangle2D.Double(2.5, 1.5, 3, 3));
    }

    @Test
    void aSliceWithoutTheLabelHasNoContour() {
        assertThat(new Contour(box(), 0, 1).path().getBounds()).isEqualTo(new Rectangle());
        assertThat(new Contour(box(), 5, 2).path().getBounds()).isEqualTo(new Rectangle());
    }

    @Test
    void coverageIsOneInsideHalfOnTheContourAndZeroOutside() {
        Contour contour = new Contour(box(), 5, 1);
        assertThat(contour.coverage(3, 4)).isEqualTo(1);
        assertThat(contour.coverage(3, 2.5)).isCloseTo(0.5, within(1e-12));
        assertThat(contour.coverage(0, 0)).isZero();
    }

    @Test
    void theSlicesAreSpreadOverWhatWasFound() {
        assertThat(picture(box()).slices()).containsExactly(4, 5, 6);
    }

    @Test
    void anEmptyResultIsShownOnSlicesSpreadOverTheSeries() {
        assertThat(picture(new LabelMap(GRID, new short[SHAPE.voxels()])).slices())
                .containsExactly(3, 6, 9);
    }

    @Test
    void pixelsOfAPanelAreSquareInThePatient() {
        SliceImage image = new SliceImage(new Volume(GRID, new float[SHAPE.voxels()]), 0, 10);
        assertThat(image.width()).isEqualTo(7 * 2 * 10);
        assertThat(image.height()).isEqualTo(10 * 3 / 2 * 10);
    }

    @Test
    void theContourIsDrawnInTheColourOfItsSegment() {
        BufferedImage drawn = picture(box()).draw();
        int red = 0;
        for (int y = 0; y < 400; y++) {
            for (int x = 0; x < drawn.getWidth(); x++) {
                red += drawn.getRGB(x, y) == 0xffff0000 ? 1 : 0;
            }
        }
        assertThat(red).isGreaterThan(500);
    }

    @Test
    void refusesALabelMapOfAnotherShape() {
        Grid other = Grid.axial(new Shape(1, 10, 7), new Spacing(3, 1.5, 2));
        assertThatThrownBy(() -> picture(new LabelMap(other, new short[70]))).hasMessageContaining("1 x 10 x 7");
    }
}
