package org.segnode.dicom;

import java.nio.file.Path;
import org.aoju.bus.image.Tag;
import org.aoju.bus.image.galaxy.data.Attributes;
import org.segnode.UnusableSeriesException;

/**
 * What a DICOM file is and where it belongs.
 *
 * @param transferSyntaxUid of the file meta information; where that is missing, as the data set looks
 */
public record ObjectHeader(
        String sopClassUid,
        String sopInstanceUid,
        String studyInstanceUid,
        String seriesInstanceUid,
        String transferSyntaxUid) {
    /**
     * Reads no further than the pixel data.
     *
     * @throws UnusableSeriesException if it is no DICOM file, or one of the UIDs is missing
     * @throws org.segnode.TemporaryException if the disk does not give it
     */
    public static ObjectHeader read(Path path) throws UnusableSeriesException {
        try (DicomFile file = DicomFile.open(path)) {
            return of(file);
        }
    }

    /**
     * Reads to the last byte.
     *
     * @throws UnusableSeriesException as {@link #read}, and if the file is cut off or its pixel data are too short
     * @throws org.segnode.TemporaryException if the disk does not give it
     */
    public static ObjectHeader readComplete(Path path) throws UnusableSeriesException {
        try (DicomFile file = DicomFile.open(path)) {
            ObjectHeader header = of(file);
            file.requireComplete();
            return header;
        }
    }

    private static ObjectHeader of(DicomFile file) throws UnusableSeriesException {
        return new ObjectHeader(
                uid(file, Tag.SOPClassUID, "SOP Class UID (0008,0016)"),
                uid(file, Tag.SOPInstanceUID, "SOP Instance UID (0008,0018)"),
                uid(file, Tag.StudyInstanceUID, "Study Instance UID (0020,000D)"),
                uid(file, Tag.SeriesInstanceUID, "Series Instance UID (0020,000E)"),
                file.transferSyntax());
    }

    private static String uid(DicomFile file, int tag, String name) throws UnusableSeriesException {
        Attributes attributes = file.attributes();
        String uid = attributes.getString(tag, "").trim();
        if (uid.isEmpty()) {
            throw new UnusableSeriesException(DicomFile.name(file.path()) + " has no " + name);
        }
        return uid;
    }
}
