package org.segnode.dicom;

import java.nio.file.Path;
import org.aoju.bus.image.Tag;
import org.segnode.UnusableSeriesException;

/** Whose an object says it is. Values are without spaces around them; empty where the object says nothing. */
public record StudyIdentity(
        String studyInstanceUid, String patientId, String issuerOfPatientId, String accessionNumber) {
    /**
     * Reads no further than the pixel data.
     *
     * @throws UnusableSeriesException if it is no DICOM file
     * @throws org.segnode.TemporaryException if the disk does not give it
     */
    public static StudyIdentity read(Path path) throws UnusableSeriesException {
        try (DicomFile file = DicomFile.open(path)) {
            return new StudyIdentity(
                    text(file, Tag.StudyInstanceUID),
                    text(file, Tag.PatientID),
                    text(file, Tag.IssuerOfPatientID),
                    text(file, Tag.AccessionNumber));
        }
    }

    private static String text(DicomFile file, int tag) {
        return file.attributes().getString(tag, "").strip();
    }

    /** Says nothing of the patient: it comes into logs. */
    @Override
    public String toString() {
        return "study " + studyInstanceUid;
    }
}
