package org.segnode.pacs;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.zip.CRC32C;

/**
 * An object that is being received: a file of the spool's incoming folder that the data set is written to. Closing it
 * deletes the file unless it has been moved to its place. Used by one thread.
 */
final class IncomingObject extends OutputStream {
    private static final int BUFFER_BYTES = 1 << 18;
    static final int START_BYTES = 1 << 16;
    private static final ThreadLocal<ByteBuffer> BUFFER =
            ThreadLocal.withInitial(() -> ByteBuffer.allocateDirect(BUFFER_BYTES));
    private static final ThreadLocal<byte[]> START = ThreadLocal.withInitial(() -> new byte[START_BYTES]);

    private final Origin origin;
    private final Path part;
    private final FileChannel file;
    private final int headBytes;
    private final ByteBuffer buffer = BUFFER.get().clear();
    private final CRC32C crc = new CRC32C();
    private final byte[] start = START.get();
    private int startBytes;
    private long dataSetBytes;

    IncomingObject(Origin origin, Path part) throws IOException {
        this.origin = origin;
        this.part = part;
        byte[] head = FileHead.of(origin);
        headBytes = head.length;
        file = FileChannel.open(part, StandardOpenOption.CREATE_NEW, StandardOpenOption.READ, StandardOpenOption.WRITE);
        buffer.put(head);
    }

    @Override
    public void write(int value) throws SpoolException {
        write(new byte[] {(byte) value}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws SpoolException {
        crc.update(bytes, offset, length);
        dataSetBytes += length;
        keepStart(bytes, offset, length);
        for (int at = offset; at < offset + length; ) {
            if (!buffer.hasRemaining()) {
                drain();
            }
            int part = Math.min(buffer.remaining(), offset + length - at);
            buffer.put(bytes, at, part);
            at += part;
        }
    }

    @Override
    public void flush() throws SpoolException {
        drain();
    }

    /** Writes what is still buffered, and the seal: from now on the file is whole. */
    void seal() throws SpoolException {
        drain();
        try {
            ByteBuffer seal = FileHead.seal(dataSetBytes, (int) crc.getValue());
            for (long at = (long) headBytes - FileHead.SEAL_BYTES; seal.hasRemaining(); ) {
                at += file.write(seal, at);
            }
        } catch (IOException e) {
            throw new SpoolException(e);
        }
    }

    /** Until this returns, a power cut loses the object. The size is synced too, other metadata need not be. */
    void sync() throws IOException {
        file.force(false);
    }

    Origin origin() {
        return origin;
    }

    Path part() {
        return part;
    }

    FileChannel file() {
        return file;
    }

    /** Where the data set begins in the file. */
    int headBytes() {
        return headBytes;
    }

    long dataSetBytes() {
        return dataSetBytes;
    }

    /** The first bytes of the data set, at most 64 KiB. */
    InputStream start() {
        return new ByteArrayInputStream(start, 0, startBytes);
    }

    @Override
    public void close() throws IOException {
        file.close();
        Files.deleteIfExists(part);
    }

    private void keepStart(byte[] bytes, int offset, int length) {
        int kept = Math.min(length, START_BYTES - startBytes);
        if (kept <= 0) {
            return;
        }
        System.arraycopy(bytes, offset, start, startBytes, kept);
        startBytes += kept;
    }

    private void drain() throws SpoolException {
        buffer.flip();
        try {
            while (buffer.hasRemaining()) {
                file.write(buffer);
            }
        } catch (IOException e) {
            throw new SpoolException(e);
        }
        buffer.clear();
    }
}
