package org.segnode.dicom;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.segnode.UnusableSeriesException;
import org.segnode.volume.Shape;

class LabelMarksTest {
    private final LabelMarks marks = new LabelMarks(new Shape(1, 1, 5));

    @Test
    void aSegmentMayBeMarkedTwiceAndHasItsNumber() throws Exception {
        marks.add(7, 0, 2);
        marks.add(7, 1, 3);
        marks.add(2, 4, 5);
        assertThat(marks.taken(Map.of())).containsExactly(7, 7, 7, 0, 2);
    }

    @Test
    void overlapIsRefusedWhicheverSegmentCameFirst() {
        marks.add(7, 0, 3);
        marks.add(2, 2, 5);
        assertThatThrownBy(() -> marks.taken(Map.of()))
                .isInstanceOf(UnusableSeriesException.class)
                .hasMessage("segments 2 and 7 overlap");
    }

    @Test
    void aNumberThatIsNoLabelIsRefusedOnlyWhereItMarksSomething() throws Exception {
        marks.add(0, 3, 3);
        assertThat(marks.taken(Map.of())).containsOnly(0);
        marks.add(40000, 3, 4);
        assertThatThrownBy(() -> marks.taken(Map.of()))
                .hasMessage("a segment has the number 40000, not one from 1 to 32767");
    }

    @Test
    void whatWasLeftOutIsToldBeforeAllElse() {
        marks.add(0, 3, 4);
        marks.leaveOut("frame 1: 2 pixels lie on no voxel of the grid");
        assertThatThrownBy(() -> marks.taken(Map.of())).hasMessage("frame 1: 2 pixels lie on no voxel of the grid");
    }
}
