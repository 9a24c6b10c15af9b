package org.segnode.pacs;

/**
 * What peers may occupy. A connection counts from the moment it is accepted, so that those that never say anything count
 * too; what is too much is closed at once. An association counts when it is accepted; what is too much is rejected with the
 * reason, for which a peer needs a connection.
 *
 * @param total connections at once
 * @param perHost connections at once from one address
 * @param associations at once
 * @param associationsPerHost at once from one address
 * @param maxPduBytes largest P-DATA-TF PDU that peers are told to send, 4096 to 1048576 bytes
 */
public record ConnectionLimits(int total, int perHost, int associations, int associationsPerHost, int maxPduBytes) {
    public static final ConnectionLimits DEFAULT = new ConnectionLimits(64, 32, 32, 16, 262_144);

    /** Length of the longest PDU that is read at all; a peer that announces a longer one is aborted. */
    public static final int LONGEST_PDU_BYTES = 1 << 20;

    public static final int SHORTEST_PDU_BYTES = 4096;

    public ConnectionLimits {
        requireWithin("connections", total, Integer.MAX_VALUE);
        requireWithin("connections of one host", perHost, total);
        requireWithin("associations", associations, total);
        requireWithin("associations of one host", associationsPerHost, associations);
        if (maxPduBytes < SHORTEST_PDU_BYTES || maxPduBytes > LONGEST_PDU_BYTES) {
            throw new IllegalArgumentException("the maximum PDU length must be between " + SHORTEST_PDU_BYTES + " and "
                    + LONGEST_PDU_BYTES + " bytes, is " + maxPduBytes);
        }
    }

    /** Every connection may become an association. */
    public ConnectionLimits(int total, int perHost, int maxPduBytes) {
        this(total, perHost, total, perHost, maxPduBytes);
    }

    private static void requireWithin(String what, int number, int most) {
        if (number < 1 || number > most) {
            throw new IllegalArgumentException(
                    "the number of " + what + " must be between 1 and " + most + ", is " + number);
        }
    }
}
