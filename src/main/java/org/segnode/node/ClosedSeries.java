package org.segnode.node;

import org.segnode.dicom.SeriesFacts;

/**
 * A series that has come in completely, as rules see it.
 *
 * @param key folder name in the spool
 * @param revision of its row in the ledger
 * @param callingAet who sent it
 * @param calledAet to which AE title of the node
 */
public record ClosedSeries(String key, int revision, SeriesFacts facts, String callingAet, String calledAet) {}
