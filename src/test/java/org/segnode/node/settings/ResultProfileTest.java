package org.segnode.node.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Set;
import org.junit.jupiter.api.Test;
import org.segnode.dicom.ResultForm;

class ResultProfileTest {
    private static final Set<ResultForm> SEG_AND_SR = Set.of(ResultForm.SEG, ResultForm.SR);

    @Test
    void manySegmentsBecomeALabelMapWhereTheDestinationTakesOne() {
        ResultProfile profile = new ResultProfile(SEG_AND_SR, 30);
        assertThat(profile.forms(29, true)).isEqualTo(SEG_AND_SR);
        assertThat(profile.forms(30, false)).isEqualTo(SEG_AND_SR);
        assertThat(profile.forms(30, true)).containsExactly(ResultForm.LABELMAP, ResultForm.SR);
    }

    @Test
    void withoutANumberASegStaysASeg() {
        assertThat(ResultProfile.DEFAULT.forms(10_000, true)).containsExactly(ResultForm.SEG);
    }

    @Test
    void aReportNeedsTheSegmentationItMeasures() {
        assertThatThrownBy(() -> new ResultProfile(Set.of(ResultForm.SR, ResultForm.SC), 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("sr measures a segmentation: seg or labelmap goes with it");
    }
}
