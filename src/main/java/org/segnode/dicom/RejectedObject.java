package org.segnode.dicom;

/** An object that a note rejects. */
public record RejectedObject(String seriesInstanceUid, String sopClassUid, String sopInstanceUid) {}
