package org.segnode.dicom;

import java.util.List;

/** Writes a result in one form. The same input gives the same UIDs and bytes. */
interface ResultWriter {
    /**
     * Writes, syncs, reads back and compares before a file gets its name.
     *
     * @return at least one object
     * @throws IllegalStateException if what was written does not show the result
     * @throws org.segnode.TemporaryException if the disk does not take it
     */
    List<ResultObject> write(SegmentedSeries result, ResultPlaces places);
}
