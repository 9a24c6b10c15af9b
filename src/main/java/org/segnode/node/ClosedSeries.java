package org.segnode.node;

import org.segnode.dicom.SeriesFacts;

/**
 * A series that has come in completely, as rules see it.
 *
 * @param key folder name in the spool
 * @param callingAet who sent it
 * @param calledAet to which AE title of the node
 */
public record ClosedSeries(String key, SeriesFacts facts, String callingAet, String calledAet) {}
