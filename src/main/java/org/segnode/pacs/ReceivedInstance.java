package org.segnode.pacs;

import java.nio.file.Path;

/**
 * An object that lies synced in the spool.
 *
 * @param seriesKey folder name of its series in the spool, of our own making
 * @param association number of the association that brought it; 0 if it was found at start
 * @param changed false if the very same object lay there already
 */
public record ReceivedInstance(
        String seriesKey,
        String studyInstanceUid,
        String seriesInstanceUid,
        String sopInstanceUid,
        String sopClassUid,
        String callingAet,
        String calledAet,
        long association,
        boolean changed,
        Path file) {}
