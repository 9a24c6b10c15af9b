package org.segnode.pacs;

/**
 * Where fetched objects go: the same way as those that are sent to us.
 *
 * @param listener told of each, and when the association or transfer that brought it has ended
 * @param minimumFreeBytes free space of the spool's disk below which objects are refused
 */
public record Intake(Spool spool, ReceptionListener listener, long minimumFreeBytes) {
    ObjectReception reception() {
        return new ObjectReception(spool, listener, new Capacity(spool, minimumFreeBytes, listener));
    }
}
