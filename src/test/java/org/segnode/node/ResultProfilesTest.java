package org.segnode.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.segnode.dicom.ResultForm;
import org.segnode.node.settings.Destination;
import org.segnode.node.settings.ResultProfile;
import org.segnode.node.settings.Terms;
import org.segnode.pacs.RemoteAe;
import org.segnode.pacs.StorageScu;
import org.segnode.peers.FreePort;

class ResultProfilesTest {
    @Test
    void aDestinationThatCannotBeAskedGetsASegInsteadOfALabelMap() {
        ResultProfiles profiles = profiles(new ResultProfile(Set.of(ResultForm.SEG, ResultForm.SC), 10));
        assertThat(profiles.forms("pacs", 10)).containsExactly(ResultForm.SEG, ResultForm.SC);
    }

    @Test
    void fewSegmentsAskNobody() {
        ResultProfiles profiles = profiles(new ResultProfile(Set.of(ResultForm.SEG), 10));
        assertThat(profiles.forms("pacs", 9)).containsExactly(ResultForm.SEG);
    }

    @Test
    void aDestinationThatIsNotInTheSettingsAnyMoreGetsWhatIsUsual() {
        assertThat(profiles(ResultProfile.DEFAULT).forms("gone", 3)).containsExactly(ResultForm.SEG);
    }

    private static ResultProfiles profiles(ResultProfile profile) {
        RemoteAe absent = new RemoteAe("ABSENT", "127.0.0.1", FreePort.next());
        return new ResultProfiles(
                List.of(new Destination("pacs", absent, profile, Terms.PLAIN)), new StorageScu("NODE"));
    }
}
