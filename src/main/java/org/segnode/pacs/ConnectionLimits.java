package org.segnode.pacs;

/**
 * What peers may occupy. A connection counts from the moment it is accepted, so that those that never say anything count
 * too.
 *
 * @param total connections at once
 * @param perHost connections at once from one address
 * @param maxPduBytes largest P-DATA-TF PDU that peers are told to send, 4096 to 1048576 bytes
 */
public record ConnectionLimits(int total, int perHost, int maxPduBytes) {
    public static final ConnectionLimits DEFAULT = new ConnectionLimits(64, 32, 262_144);

    /** Length of the longest PDU that is read at all; a peer that announces a longer one is aborted. */
    static final int LONGEST_PDU_BYTES = 1 << 20;

    private static final int SHORTEST_PDU_BYTES = 4096;

    public ConnectionLimits {
        if (total < 1) {
            throw new IllegalArgumentException("at least 1 connection must be allowed, is " + total);
        }
        if (perHost < 1 || perHost > total) {
            throw new IllegalArgumentException(
                    "connections per host must be between 1 and the " + total + " in total, is " + perHost);
        }
        if (maxPduBytes < SHORTEST_PDU_BYTES || maxPduBytes > LONGEST_PDU_BYTES) {
            throw new IllegalArgumentException("the maximum PDU length must be between " + SHORTEST_PDU_BYTES + " and "
                    + LONGEST_PDU_BYTES + " bytes, is " + maxPduBytes);
        }
    }
}
