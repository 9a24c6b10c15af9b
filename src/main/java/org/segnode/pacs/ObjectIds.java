package org.segnode.pacs;

/** The four identifiers of an object, as its data set has them. */
record ObjectIds(String sopClassUid, String sopInstanceUid, String studyInstanceUid, String seriesInstanceUid) {}
