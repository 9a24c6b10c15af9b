package org.segnode.dicom;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Writes a result in all the forms that are wanted. */
public final class Results {
    private Results() {}

    /**
     * @param forms where there is a report, there is the segmentation that it measures
     * @return the objects, ordered by form
     * @throws IllegalStateException if what was written does not show the result
     * @throws org.segnode.TemporaryException if the disk does not take it
     */
    public static List<ResultObject> write(Set<ResultForm> forms, SegmentedSeries result, ResultPlaces places) {
        for (ResultForm form : forms) {
            if (!form.isAnchoredIn(forms)) {
                throw new IllegalArgumentException("a result as " + form.word() + " needs one as seg or labelmap");
            }
        }
        List<ResultObject> written = new ArrayList<>();
        for (ResultForm form : new TreeSet<>(forms)) {
            written.addAll(writer(form, forms).write(result, places));
        }
        return written;
    }

    /** The UID of the series that the objects of a form will be: known before anything is computed. */
    public static String seriesInstanceUid(ResultForm form, SourceSeries source, SegmentationOrigin origin) {
        return DerivedUids.of(source, origin).series(form);
    }

    private static ResultWriter writer(ResultForm form, Set<ResultForm> all) {
        return switch (form) {
            case SEG -> new SegmentationWriter();
            case LABELMAP -> new LabelMapWriter();
            case RTSTRUCT -> new StructureSetWriter();
            case SR -> new ReportWriter(all.contains(ResultForm.SEG) ? ResultForm.SEG : ResultForm.LABELMAP);
            case SC -> new CaptureWriter();
            case PR -> new PresentationWriter();
            case FRACTIONAL -> new FractionalWriter();
        };
    }
}
