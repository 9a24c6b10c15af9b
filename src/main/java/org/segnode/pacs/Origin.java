package org.segnode.pacs;

/**
 * What is known of an object before its data set: from the association and the command set.
 *
 * @param transferSyntaxUid of the accepted presentation context
 * @param association number of the association, from 1
 */
record Origin(
        String sopClassUid,
        String sopInstanceUid,
        String transferSyntaxUid,
        String callingAet,
        String calledAet,
        long association) {}
