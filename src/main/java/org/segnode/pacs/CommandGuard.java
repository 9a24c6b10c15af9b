package org.segnode.pacs;

import java.util.Optional;

/**
 * Follows a command set (PS3.7 6.3.1: implicit VR little endian; tag in 4 bytes, length in 4, value) and objects to lengths
 * that no command has. The toolkit allocates 64 MiB for a value that only announces to be long.
 */
final class CommandGuard {
    private static final int HEADER_BYTES = 8;
    private static final int LENGTH_AT = 4;
    private static final long LONGEST_VALUE = 1 << 12;
    private static final int LONGEST_COMMAND = 1 << 16;

    private int bytes;
    private int headerBytes;
    private long announced;
    private long valueBytes;

    /** @return what is wrong with the command, if anything */
    Optional<String> follow(byte[] some, int offset, int count) {
        bytes += count;
        if (bytes > LONGEST_COMMAND) {
            return Optional.of("a command of more than " + LONGEST_COMMAND + " bytes");
        }
        for (int at = offset; at < offset + count; ) {
            if (valueBytes > 0) {
                int passed = (int) Math.min(valueBytes, offset + count - at);
                valueBytes -= passed;
                at += passed;
            } else if (header(some[at++] & 0xff) && valueBytes > LONGEST_VALUE) {
                return Optional.of("a command with a value of " + valueBytes + " bytes");
            }
        }
        return Optional.empty();
    }

    /** @return whether the header of an element is complete */
    private boolean header(int value) {
        if (headerBytes >= LENGTH_AT) {
            announced |= (long) value << (8 * (headerBytes - LENGTH_AT));
        }
        if (++headerBytes < HEADER_BYTES) {
            return false;
        }
        valueBytes = announced;
        announced = 0;
        headerBytes = 0;
        return true;
    }

    /** Begins with a new command. */
    void restart() {
        bytes = 0;
        headerBytes = 0;
        announced = 0;
        valueBytes = 0;
    }
}
