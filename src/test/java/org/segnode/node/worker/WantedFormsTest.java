package org.segnode.node.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.segnode.dicom.ResultForm;

class WantedFormsTest {
    @Test
    void everythingThatAnybodyWantsIsWrittenOnceAndGoesToThoseThatWantIt() {
        WantedForms wanted = WantedForms.of(
                List.of("pacs", "planning"),
                3,
                (destination, segments) -> destination.equals("pacs")
                        ? Set.of(ResultForm.SEG, ResultForm.SR)
                        : Set.of(ResultForm.SEG, ResultForm.RTSTRUCT));
        assertThat(wanted.all()).containsExactly(ResultForm.SEG, ResultForm.RTSTRUCT, ResultForm.SR);
        assertThat(wanted.takers(ResultForm.SEG)).containsExactly("pacs", "planning");
        assertThat(wanted.takers(ResultForm.SR)).containsExactly("pacs");
        assertThat(wanted.takers(ResultForm.SC)).isEmpty();
    }

    @Test
    void aJobWithoutDestinationsKeepsASegHere() {
        WantedForms wanted = WantedForms.of(List.of(), 3, WantedForms.Profiles.SEG_FOR_ALL);
        assertThat(wanted.all()).containsExactly(ResultForm.SEG);
        assertThat(wanted.takers(ResultForm.SEG)).isEmpty();
    }
}
