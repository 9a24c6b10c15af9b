package org.segnode.dicom;

/** The series a result was made from: patient, study, frame of reference and one reference per slice, in slice order. */
public final class SourceSeries {
    SourceSeries() {}
}
