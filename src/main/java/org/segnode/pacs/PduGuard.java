package org.segnode.pacs;

import java.util.Optional;

/**
 * Follows the stream of a peer: PDUs (PS3.8 9.3: type, reserved, length in 4 bytes) and, in P-DATA-TF, presentation data
 * values (length in 4 bytes, context, control header). It objects to what would make the toolkit allocate too much; what is
 * merely malformed is left to the toolkit.
 */
final class PduGuard {
    private static final int HEADER_BYTES = 6;
    private static final int P_DATA_TF = 4;
    private static final int A_RELEASE_RQ = 5;
    private static final int A_RELEASE_RP = 6;
    private static final int COMMAND = 1;
    private static final int LAST = 2;

    private final int longestPduBytes;
    private final CommandGuard command = new CommandGuard();
    private final int[] header = new int[HEADER_BYTES];
    private int headerBytes;
    private long pduBytes;
    private long valueBytes;
    private boolean data;
    private boolean released;
    private int control;

    PduGuard(int longestPduBytes) {
        this.longestPduBytes = longestPduBytes;
    }

    /** @return what is wrong with these bytes, if anything */
    Optional<String> follow(byte[] bytes, int offset, int count) {
        Optional<String> objection = Optional.empty();
        for (int at = offset; at < offset + count && objection.isEmpty(); ) {
            boolean between = pduBytes == 0 || (data && valueBytes == 0);
            if (between) {
                objection = header(bytes[at++] & 0xff);
            } else {
                long whole = data ? valueBytes : pduBytes;
                int passed = (int) Math.min(whole, offset + count - at);
                objection = pass(bytes, at, passed);
                at += passed;
            }
        }
        return objection;
    }

    /** Whether the peer asked for, or agreed to, the release of the association. */
    boolean released() {
        return released;
    }

    private Optional<String> header(int value) {
        boolean withinPdu = pduBytes > 0; // the header of a data value is part of its PDU
        header[headerBytes++] = value;
        pduBytes -= withinPdu ? 1 : 0;
        if (headerBytes < HEADER_BYTES) {
            headerBytes = withinPdu && pduBytes == 0 ? 0 : headerBytes; // cut off by the end of the PDU
            return Optional.empty();
        }
        headerBytes = 0;
        if (withinPdu) {
            beginValue();
            return Optional.empty();
        }
        return beginPdu();
    }

    private Optional<String> beginPdu() {
        pduBytes = length(2);
        data = header[0] == P_DATA_TF;
        released |= header[0] == A_RELEASE_RQ || header[0] == A_RELEASE_RP;
        valueBytes = 0;
        return pduBytes > longestPduBytes
                ? Optional.of("a PDU of " + pduBytes + " bytes, at most " + longestPduBytes + " are read")
                : Optional.empty();
    }

    private void beginValue() {
        control = header[HEADER_BYTES - 1];
        valueBytes = length(0) - 2;
        if (valueBytes < 0 || valueBytes > pduBytes) {
            data = false; // nonsense: the toolkit aborts
        } else if (valueBytes == 0) {
            endValue();
        }
    }

    private Optional<String> pass(byte[] bytes, int at, int count) {
        pduBytes -= count;
        if (!data) {
            return Optional.empty();
        }
        valueBytes -= count;
        Optional<String> objection = (control & COMMAND) != 0 ? command.follow(bytes, at, count) : Optional.empty();
        if (valueBytes == 0) {
            endValue();
        }
        return objection;
    }

    private void endValue() {
        if ((control & COMMAND) != 0 && (control & LAST) != 0) {
            command.restart();
        }
    }

    private long length(int from) {
        return (long) header[from] << 24
                | (long) header[from + 1] << 16
                | (long) header[from + 2] << 8
                | header[from + 3];
    }
}
