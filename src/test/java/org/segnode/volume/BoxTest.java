package org.segnode.volume;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class BoxTest {
    private static final Shape SHAPE = new Shape(3, 4, 5);
    private static final Box BOX = new Box(1, 3, 0, 2, 2, 5);

    private static short[] numbered(int count) {
        short[] numbers = new short[count];
        for (int i = 0; i < count; i++) {
            numbers[i] = (short) (i + 1);
        }
        return numbers;
    }

    private static float[] floats(short... numbers) {
        float[] values = new float[numbers.length];
        for (int i = 0; i < numbers.length; i++) {
            values[i] = numbers[i];
        }
        return values;
    }

    @Test
    void knowsWhereItBeginsAndEnds() {
        assertThat(BOX.shape()).isEqualTo(new Shape(2, 2, 3));
        assertThat(new int[] {BOX.start(0), BOX.start(1), BOX.start(2)}).containsExactly(1, 0, 2);
        assertThat(new int[] {BOX.end(0), BOX.end(1), BOX.end(2)}).containsExactly(3, 2, 5);
        assertThatThrownBy(() -> BOX.start(3)).hasMessageContaining("0, 1 or 2");
    }

    @Test
    void cutsItsVoxels() {
        short[] cut = {23, 24, 25, 28, 29, 30, 43, 44, 45, 48, 49, 50};
        assertThat(BOX.cut(numbered(60), SHAPE)).containsExactly(cut);
        assertThat(BOX.cut(floats(numbered(60)), SHAPE)).containsExactly(floats(cut));
    }

    @Test
    void pastesWhatItCutAndFillsAround() {
        short[] labels = BOX.paste(numbered(12), SHAPE);
        assertThat(BOX.cut(labels, SHAPE)).containsExactly(numbered(12));
        assertThat(labels).hasSize(60);
        assertThat(labels[SHAPE.index(1, 0, 1)]).isZero();
        float[] values = BOX.paste(floats(numbered(12)), SHAPE, -7);
        assertThat(BOX.cut(values, SHAPE)).containsExactly(floats(numbered(12)));
        assertThat(values[SHAPE.index(0, 0, 2)]).isEqualTo(-7);
        assertThat(BOX.paste(floats(numbered(12)), SHAPE, 0)[0]).isZero();
    }

    @Test
    void theWholeIsHandedThroughWithoutACopy() {
        short[] labels = numbered(60);
        float[] values = floats(labels);
        Box whole = Box.whole(SHAPE);
        assertThat(whole.cut(labels, SHAPE)).isSameAs(labels);
        assertThat(whole.paste(labels, SHAPE)).isSameAs(labels);
        assertThat(whole.cut(values, SHAPE)).isSameAs(values);
        assertThat(whole.paste(values, SHAPE, 1)).isSameAs(values);
    }

    @Test
    void refusesToReachBeyondTheArray() {
        Box[] beyond = {new Box(0, 4, 0, 1, 0, 1), new Box(0, 1, 0, 5, 0, 1), new Box(0, 1, 0, 1, 0, 6)};
        for (Box box : beyond) {
            assertThatThrownBy(() -> box.cut(numbered(60), SHAPE)).hasMessageContaining("reaches beyond the shape");
            assertThatThrownBy(() -> box.cut(new float[60], SHAPE)).hasMessageContaining("reaches beyond the shape");
            assertThatThrownBy(() -> box.paste(numbered(60), SHAPE)).hasMessageContaining("reaches beyond the shape");
            assertThatThrownBy(() -> box.paste(new float[60], SHAPE, 0))
                    .hasMessageContaining("reaches beyond the shape");
        }
    }

    @Test
    void refusesToBeEmptyOrToBeginBeforeTheArray() {
        assertThatThrownBy(() -> new Box(1, 1, 0, 1, 0, 1)).hasMessageContaining("slices");
        assertThatThrownBy(() -> new Box(0, 1, -1, 1, 0, 1)).hasMessageContaining("rows");
        assertThatThrownBy(() -> new Box(0, 1, 0, 1, 3, 2)).hasMessageContaining("columns");
    }
}
