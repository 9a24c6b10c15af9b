package org.segnode.node.settings;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.segnode.dicom.ResultForm;

/**
 * In which forms a destination gets results.
 *
 * @param forms at least one
 * @param labelMapFrom a SEG with at least so many segments becomes a LABELMAP where the destination takes one; 0: never
 */
public record ResultProfile(Set<ResultForm> forms, int labelMapFrom) {
    public static final ResultProfile DEFAULT = new ResultProfile(Set.of(ResultForm.SEG), 0);

    private static final int MOST_SEGMENTS = 32_767;

    public ResultProfile {
        forms = Collections.unmodifiableSet(EnumSet.copyOf(forms));
        if (forms.contains(ResultForm.SR) && !ResultForm.SR.isAnchoredIn(forms)) {
            throw new IllegalArgumentException("sr measures a segmentation: seg or labelmap goes with it");
        }
    }

    /** The forms for a result of so many segments. */
    public Set<ResultForm> forms(int segments, boolean takesLabelMap) {
        if (labelMapFrom == 0 || segments < labelMapFrom || !takesLabelMap || !forms.contains(ResultForm.SEG)) {
            return forms;
        }
        Set<ResultForm> changed = EnumSet.copyOf(forms);
        changed.remove(ResultForm.SEG);
        changed.add(ResultForm.LABELMAP);
        return changed;
    }

    static ResultProfile read(Section in) {
        List<ResultForm> forms = in.values("results", List.of(ResultForm.SEG), ResultProfile::form);
        int labelMapFrom = in.number("labelmap-from", 0, 0, MOST_SEGMENTS);
        List<ResultForm> complete = new ArrayList<>(forms.isEmpty() ? List.of(ResultForm.SEG) : forms);
        if (complete.contains(ResultForm.SR) && !ResultForm.SR.isAnchoredIn(Set.copyOf(complete))) {
            in.complain("results: sr measures a segmentation: seg or labelmap goes with it");
            complete.add(ResultForm.SEG);
        }
        return new ResultProfile(EnumSet.copyOf(complete), labelMapFrom);
    }

    private static ResultForm form(String word) {
        try {
            return ResultForm.of(word);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("one or more of " + ResultForm.words() + ", is \"" + word + "\"", e);
        }
    }
}
