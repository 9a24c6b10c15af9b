package org.segnode.cli.dicom;

import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.segnode.dicom.ResultForm;

/** As what a result can be written: the DICOM forms, and a file for research. */
enum OutputKind {
    SEG(ResultForm.SEG),
    LABELMAP(ResultForm.LABELMAP),
    RTSTRUCT(ResultForm.RTSTRUCT),
    SR(ResultForm.SR),
    SC(ResultForm.SC),
    PR(ResultForm.PR),
    FRACTIONAL(ResultForm.FRACTIONAL),
    NIFTI(null);

    private final Optional<ResultForm> form;

    OutputKind(@Nullable ResultForm form) {
        this.form = Optional.ofNullable(form);
    }

    /** The DICOM forms among them, and the segmentation that a report needs. */
    static Set<ResultForm> forms(List<OutputKind> kinds) {
        Set<ResultForm> forms = EnumSet.noneOf(ResultForm.class);
        kinds.forEach(kind -> kind.form.ifPresent(forms::add));
        if (!forms.stream().allMatch(form -> form.isAnchoredIn(forms))) {
            forms.add(ResultForm.SEG);
        }
        return forms;
    }

    /** How many different files at least; captures are several. */
    static int count(List<OutputKind> kinds) {
        return forms(kinds).size() + (kinds.contains(NIFTI) ? 1 : 0);
    }
}
