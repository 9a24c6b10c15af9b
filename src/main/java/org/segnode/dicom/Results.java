package org.segnode.dicom;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Writes a result in all the forms that are wanted. */
public final class Results {
    private Results() {}

    /**
     * @return the objects, ordered by form
     * @throws IllegalStateException if what was written does not show the result
     * @throws org.segnode.TemporaryException if the disk does not take it
     */
    public static List<ResultObject> write(Set<ResultForm> forms, SegmentedSeries result, ResultPlaces places) {
        List<ResultObject> written = new ArrayList<>();
        for (ResultForm form : new TreeSet<>(forms)) {
            written.addAll(writer(form).write(result, places));
        }
        return written;
    }

    /** The UID of the series that the objects of a form will be: known before anything is computed. */
    public static String seriesInstanceUid(ResultForm form, SourceSeries source, SegmentationOrigin origin) {
        return DerivedUids.of(source, origin).series(form);
    }

    private static ResultWriter writer(ResultForm form) {
        return switch (form) {
            case SEG -> new SegmentationWriter();
            default -> throw new IllegalArgumentException("results are not written as " + form.word());
        };
    }
}
