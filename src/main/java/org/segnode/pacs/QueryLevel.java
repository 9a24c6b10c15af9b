package org.segnode.pacs;

import java.util.List;

/** A level of the Study Root information model, PS3.4 C.6.2.1: what each answer is about. */
public enum QueryLevel {
    STUDY(
            "StudyInstanceUID",
            List.of(
                    "StudyDate",
                    "StudyTime",
                    "AccessionNumber",
                    "ModalitiesInStudy",
                    "StudyDescription",
                    "PatientID",
                    "NumberOfStudyRelatedSeries",
                    "NumberOfStudyRelatedInstances")),
    SERIES(
            "SeriesInstanceUID",
            List.of("Modality", "SeriesNumber", "SeriesDescription", "NumberOfSeriesRelatedInstances")),
    IMAGE("SOPInstanceUID", List.of("SOPClassUID", "InstanceNumber"));

    private final String uniqueKey;
    private final List<String> usual;

    QueryLevel(String uniqueKey, List<String> usual) {
        this.uniqueKey = uniqueKey;
        this.usual = usual;
    }

    /** Keyword of the UID that tells one answer from another. */
    public String uniqueKey() {
        return uniqueKey;
    }

    /** Keywords that a query of this level asks for unless told otherwise, the unique key not among them. */
    public List<String> usual() {
        return usual;
    }
}
