package org.segnode.dicom;

import java.nio.file.Path;

/** A DICOM object of ours on disk, written and synced, ready to be sent any number of times. */
public record ResultObject(
        ResultForm form, Path file, String sopClassUid, String sopInstanceUid, String seriesInstanceUid) {}
