package org.segnode.volume;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class ShapeTest {
    @Test
    void countsVoxelsAndFindsThem() {
        Shape shape = new Shape(2, 3, 5);
        assertThat(shape.voxels()).isEqualTo(30);
        assertThat(shape.index(0, 0, 4)).isEqualTo(4);
        assertThat(shape.index(0, 2, 0)).isEqualTo(10);
        assertThat(shape.index(1, 2, 4)).isEqualTo(29);
        assertThat(shape.toArray()).containsExactly(2, 3, 5);
        assertThat(new int[] {shape.length(0), shape.length(1), shape.length(2)})
                .containsExactly(2, 3, 5);
    }

    @Test
    void refusesMoreVoxelsThanAnArrayHolds() {
        assertThat(new Shape(1, 1, 2147483639).voxels()).isEqualTo(2147483639);
        assertThatThrownBy(() -> new Shape(2, 1, 1073741820)).hasMessageContaining("at most 2147483639 voxels");
        assertThatThrownBy(() -> new Shape(2000000000, 2000800000, 2000551615)) // 2^64 and a little: wraps around
                .hasMessage("a volume has at most 2147483639 voxels, is 2000000000 x 2000800000 x 2000551615");
    }

    @Test
    void refusesAxesWithoutVoxelsAndAxesThatAreNotThere() {
        assertThatThrownBy(() -> new Shape(1, 0, 1)).hasMessageContaining("rows");
        assertThatThrownBy(() -> Shape.of(1, 2)).hasMessage("a shape has 3 axes, is given 2");
        assertThatThrownBy(() -> new Shape(1, 1, 1).length(3)).isInstanceOf(IllegalArgumentException.class);
    }
}
