package org.segnode.volume.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.segnode.volume.Grid;
import org.segnode.volume.Orientation;
import org.segnode.volume.Position;
import org.segnode.volume.Reorientation;
import org.segnode.volume.Shape;

class GridPropertiesTest {
    private static final Grid STORED = new Grid(
            new Shape(4, 5, 6),
            new Position(10, -20, 30),
            new Position(0, 0, 2.5),
            new Position(0, -1.5, 0),
            new Position(1, 0, 0));

    private static void assertSame(Grid found, Grid expected) {
        assertThat(found.shape()).isEqualTo(expected.shape());
        assertThat(found.origin().minus(expected.origin()).length()).isLessThan(1e-9);
        for (int axis = 0; axis < 3; axis++) {
            assertThat(found.step(axis).minus(expected.step(axis)).length()).isLessThan(1e-9);
        }
    }

    @Test
    void aGridSurvives() throws Exception {
        assertSame(GridProperties.grid(GridProperties.of(STORED), STORED.shape()), STORED);
        assertSame(GridProperties.stored(GridProperties.of(STORED), STORED.shape()), STORED);
    }

    @Test
    void aFlatGridSurvives() throws Exception {
        Grid flat = ImageFile.flatGrid(5, 6, 1.5, 0.5);
        assertSame(GridProperties.grid(GridProperties.of(flat), flat.shape()), flat);
    }

    @Test
    void theGridOfTheFileIsFoundAgainWhereTheReaderReordersAxes() throws Exception {
        Grid read =
                Reorientation.between(Orientation.of(STORED), Orientation.RAS).apply(STORED);
        Map<String, Object> properties = GridProperties.of(read, STORED);
        assertSame(GridProperties.grid(properties, read.shape()), read);
        assertSame(GridProperties.stored(properties, read.shape()), STORED);

        Map<String, Object> nibabel = new LinkedHashMap<>(properties);
        nibabel.remove("sitk_stuff");
        assertSame(GridProperties.grid(nibabel, read.shape()), read);
        assertSame(GridProperties.stored(nibabel, read.shape()), STORED);
    }

    @Test
    void propertiesWithoutAGridAreRefused() {
        assertThatThrownBy(() -> GridProperties.grid("nothing", STORED.shape()))
                .isInstanceOf(UnusableImageException.class);
        assertThatThrownBy(() -> GridProperties.grid(Map.of("sitk_stuff", Map.of()), STORED.shape()))
                .isInstanceOf(UnusableImageException.class);
    }
}
