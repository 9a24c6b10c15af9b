package org.segnode.pacs;

/**
 * Where fetched objects go: the same way as those that are sent to us.
 *
 * @param listener told of each, and when the association or transfer that brought it has ended
 * @param minimumFreeBytes free space of the spool's disk below which objects are refused
 */
public record Intake(Spool spool, ReceptionListener listener, long minimumFreeBytes) {
    private static final long LARGEST_FILE = 4L << 30;

    ObjectReception reception() {
        return new ObjectReception(spool, listener, new Capacity(spool, minimumFreeBytes, listener));
    }

    /** For objects that come as files. */
    FileReception files() {
        ScpConfiguration ours = ScpConfiguration.of("SEGNODE", "127.0.0.1", 0).withMinimumFreeBytes(minimumFreeBytes);
        return new FileReception(ours, spool, listener, LARGEST_FILE);
    }
}
