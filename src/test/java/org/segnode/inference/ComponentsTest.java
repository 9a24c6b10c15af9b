package org.segnode.inference;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.BitSet;
import org.junit.jupiter.api.Test;
import org.segnode.volume.Shape;

class ComponentsTest {
    private static final Shape SHAPE = new Shape(3, 4, 5);

    private static BitSet at(int... slicesRowsColumns) {
        BitSet voxels = new BitSet();
        for (int i = 0; i < slicesRowsColumns.length; i += 3) {
            voxels.set(SHAPE.index(slicesRowsColumns[i], slicesRowsColumns[i + 1], slicesRowsColumns[i + 2]));
        }
        return voxels;
    }

    private static BitSet union(BitSet... sets) {
        BitSet all = new BitSet();
        for (BitSet each : sets) {
            all.or(each);
        }
        return all;
    }

    @Test
    void voxelsThatTouchAtACornerBelongTogether() {
        BitSet chain = at(0, 0, 0, 1, 1, 1, 2, 2, 2, 1, 3, 3);
        BitSet apart = at(0, 3, 0, 0, 3, 1);
        assertThat(Components.largest(union(chain, apart), SHAPE)).isEqualTo(chain);
    }

    @Test
    void theEndOfALineDoesNotTouchTheBeginningOfTheNext() {
        BitSet end = at(1, 1, 4, 1, 1, 3);
        BitSet beginning = at(1, 2, 0);
        assertThat(Components.largest(union(end, beginning), SHAPE)).isEqualTo(end);
        BitSet lastRow = at(0, 3, 2, 0, 3, 3);
        assertThat(Components.largest(union(lastRow, at(1, 0, 2)), SHAPE)).isEqualTo(lastRow);
    }

    @Test
    void voxelsTwoApartDoNotTouchAlongAnyAxis() {
        BitSet pair = at(0, 0, 0, 0, 0, 1);
        assertThat(Components.largest(union(pair, at(0, 0, 3)), SHAPE)).isEqualTo(pair);
        assertThat(Components.largest(union(pair, at(0, 2, 0)), SHAPE)).isEqualTo(pair);
        assertThat(Components.largest(union(pair, at(2, 0, 0)), SHAPE)).isEqualTo(pair);
        BitSet back = at(2, 3, 4, 2, 3, 3);
        assertThat(Components.largest(union(back, at(2, 3, 1)), SHAPE)).isEqualTo(back);
        assertThat(Components.largest(union(back, at(2, 1, 4)), SHAPE)).isEqualTo(back);
        assertThat(Components.largest(union(back, at(0, 3, 4)), SHAPE)).isEqualTo(back);
    }

    @Test
    void piecesOfTheSameSizeAreAllKeptAndTheMaskIsLeftAsItIs() {
        BitSet mask = union(at(0, 0, 0), at(0, 0, 2), at(2, 3, 4));
        BitSet before = (BitSet) mask.clone();
        assertThat(Components.largest(mask, SHAPE)).isEqualTo(before);
        assertThat(mask).isEqualTo(before);
        assertThat(Components.largest(new BitSet(), SHAPE).isEmpty()).isTrue();
    }

    @Test
    void aPieceOfManyVoxelsIsTakenWhole() {
        Shape large = new Shape(20, 30, 40);
        BitSet all = new BitSet();
        all.set(0, large.voxels());
        assertThat(Components.largest(all, large)).isEqualTo(all);
    }
}
