package org.segnode.pacs;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Optional;

/** Whether the node can take in more: room on the disk beside the reserve for results, and whatever else the listener minds. */
final class Capacity {
    private static final int MIB = 20;
    private static final long BETWEEN_LOOKS = 64L << MIB;

    private final Spool spool;
    private final long minimumFreeBytes;
    private final ReceptionListener listener;

    Capacity(Spool spool, long minimumFreeBytes, ReceptionListener listener) {
        this.spool = spool;
        this.minimumFreeBytes = minimumFreeBytes;
        this.listener = listener;
    }

    /** Why nothing is taken in for now, if so. */
    Optional<String> congestion() {
        try {
            return spool.freeBytes() < minimumFreeBytes ? Optional.of("no room on the disk") : listener.congestion();
        } catch (SpoolException e) {
            return Optional.of("the disk cannot be looked at");
        }
    }

    /** @throws StoreRefusal A700 if the reserve would be touched */
    void requireSpace() throws SpoolException, StoreRefusal {
        long free = spool.freeBytes();
        if (free < minimumFreeBytes) {
            throw new StoreRefusal(
                    StoreRefusal.OUT_OF_RESOURCES,
                    "disk space: " + (free >> MIB) + " MiB free, " + (minimumFreeBytes >> MIB) + " MiB needed");
        }
    }

    /** The same stream, but a large object ends in an exception when the reserve would be touched. */
    OutputStream within(OutputStream object) {
        return new Looking(object);
    }

    private final class Looking extends FilterOutputStream {
        private long unlooked;

        Looking(OutputStream out) {
            super(out);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            unlooked += length;
            if (unlooked >= BETWEEN_LOOKS) {
                unlooked = 0;
                if (spool.freeBytes() < minimumFreeBytes) {
                    throw new SpoolException(new IOException("the disk has become full"));
                }
            }
            out.write(bytes, offset, length);
        }
    }
}
