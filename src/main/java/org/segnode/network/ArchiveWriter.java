package org.segnode.network;

import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32;

/**
 * Writes a torch file: a zip of uncompressed records, each beginning at a multiple of 64 bytes; zip64 where a record or
 * the file is larger than 4 GiB.
 */
final class ArchiveWriter implements Closeable {
    private static final long LIMIT = 0xffffffffL;
    private static final int CHUNK = 1 << 20;
    private static final int DATE = 0x21 << 16; // 1980-01-01, so that equal content gives equal files

    private final OutputStream out;
    private final String root;
    private final List<Entry> entries = new ArrayList<>();
    private long position;

    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Entry(byte[] name, long crc, long size, long start) {}

    /** @param root folder in the archive that everything lies in, without a slash */
    ArchiveWriter(Path file, String root) throws IOException {
        this.out = new BufferedOutputStream(Files.newOutputStream(file), CHUNK);
        this.root = root;
    }

    void put(String name, byte[] content) throws IOException {
        put(name, TensorData.of(content));
    }

    void put(String name, String content) throws IOException {
        put(name, content.getBytes(StandardCharsets.UTF_8));
    }

    /** The data are read twice, in pieces: for the checksum and for the copy. */
    void put(String name, TensorData data) throws IOException {
        byte[] fullName = (root + "/" + name).getBytes(StandardCharsets.UTF_8);
        CRC32 crc = new CRC32();
        each(data, crc::update);
        boolean large = data.length() >= LIMIT;
        int fixed = 30 + fullName.length + (large ? 20 : 0) + 4;
        int padding = (int) ((64 - (position + fixed) % 64) % 64);
        entries.add(new Entry(fullName, crc.getValue(), data.length(), position));
        ByteBuffer header = buffer(fixed + padding);
        header.putInt(0x04034b50)
                .putShort((short) (large ? 45 : 0))
                .putShort((short) 0x0800)
                .putShort((short) 0);
        header.putInt(DATE).putInt((int) crc.getValue());
        header.putInt(clipped(data.length())).putInt(clipped(data.length()));
        header.putShort((short) fullName.length).putShort((short) (header.capacity() - 30 - fullName.length));
        header.put(fullName);
        if (large) {
            header.putShort((short) 1)
                    .putShort((short) 16)
                    .putLong(data.length())
                    .putLong(data.length());
        }
        header.put((byte) 'F').put((byte) 'B').putShort((short) padding);
        write(header);
        each(data, this::write);
    }

    @Override
    public void close() throws IOException {
        long start = position;
        for (Entry entry : entries) {
            writeEntry(entry);
        }
        long size = position - start;
        boolean large = start >= LIMIT || entries.size() >= 0xffff;
        if (large) {
            writeEnd64(start, size);
        }
        ByteBuffer end = buffer(22).putInt(0x06054b50).putInt(0);
        short count = (short) Math.min(entries.size(), 0xffff);
        end.putShort(count)
                .putShort(count)
                .putInt((int) size)
                .putInt(large ? -1 : (int) start)
                .putShort((short) 0);
        write(end);
        out.close();
    }

    private void writeEntry(Entry entry) throws IOException {
        boolean large = entry.size >= LIMIT;
        boolean far = entry.start >= LIMIT;
        int extra = (large ? 16 : 0) + (far ? 8 : 0);
        ByteBuffer header = buffer(46 + entry.name.length + (extra > 0 ? 4 + extra : 0));
        short version = (short) (extra > 0 ? 45 : 0);
        header.putInt(0x02014b50)
                .putShort(version)
                .putShort(version)
                .putShort((short) 0x0800)
                .putShort((short) 0);
        header.putInt(DATE).putInt((int) entry.crc).putInt(clipped(entry.size)).putInt(clipped(entry.size));
        header.putShort((short) entry.name.length).putShort((short) (extra > 0 ? 4 + extra : 0));
        header.putShort((short) 0)
                .putShort((short) 0)
                .putShort((short) 0)
                .putInt(0)
                .putInt(clipped(entry.start));
        header.put(entry.name);
        if (extra > 0) {
            header.putShort((short) 1).putShort((short) extra);
        }
        if (large) {
            header.putLong(entry.size).putLong(entry.size);
        }
        if (far) {
            header.putLong(entry.start);
        }
        write(header);
    }

    private void writeEnd64(long start, long size) throws IOException {
        long end = position;
        ByteBuffer record = buffer(56 + 20);
        record.putInt(0x06064b50)
                .putLong(44)
                .putShort((short) 45)
                .putShort((short) 45)
                .putInt(0)
                .putInt(0);
        record.putLong(entries.size()).putLong(entries.size()).putLong(size).putLong(start);
        record.putInt(0x07064b50).putInt(0).putLong(end).putInt(1);
        write(record);
    }

    private interface Bytes {
        void accept(byte[] bytes, int from, int length) throws IOException;
    }

    private static void each(TensorData data, Bytes target) throws IOException {
        ByteBuffer chunk = ByteBuffer.allocate((int) Math.min(CHUNK, data.length()));
        for (long from = 0; from < data.length(); from += CHUNK) {
            chunk.clear().limit((int) Math.min(CHUNK, data.length() - from));
            data.read(from, chunk);
            target.accept(chunk.array(), 0, chunk.limit());
        }
    }

    private void write(ByteBuffer bytes) throws IOException {
        write(bytes.array(), bytes.arrayOffset(), bytes.capacity());
    }

    private void write(byte[] bytes, int from, int length) throws IOException {
        out.write(bytes, from, length);
        position += length;
    }

    private static int clipped(long value) {
        return value >= LIMIT ? -1 : (int) value;
    }

    private static ByteBuffer buffer(int size) {
        return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
    }
}
