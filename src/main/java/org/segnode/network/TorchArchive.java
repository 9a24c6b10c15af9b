package org.segnode.network;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.Map;
import org.segnode.volume.io.PickleException;

/**
 * Where the records of a torch file lie: a zip, also zip64, of which nothing is compressed. Compressed records, which torch
 * never writes, are refused, so no record is larger than the file.
 */
final class TorchArchive {
    private static final int END = 0x06054b50;
    private static final int END64 = 0x06064b50;
    private static final int LOCATOR64 = 0x07064b50;
    private static final int ENTRY = 0x02014b50;
    private static final int LOCAL = 0x04034b50;
    private static final int LONGEST_DIRECTORY = 64 << 20;

    private final Path file;
    private final FileChannel channel;
    private final Map<String, TensorData.InFile> records = new HashMap<>();

    private TorchArchive(Path file, FileChannel channel) {
        this.file = file;
        this.channel = channel;
    }

    static TorchArchive open(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            TorchArchive archive = new TorchArchive(file, channel);
            archive.readDirectory();
            return archive;
        } catch (EOFException | IndexOutOfBoundsException | IllegalArgumentException e) {
            throw new PickleException("the file is cut off or damaged", e);
        }
    }

    /** The folder in the archive that everything lies in, with a slash at its end. */
    String root() throws PickleException {
        for (String name : records.keySet()) {
            if (name.endsWith("/data.pkl") && name.indexOf('/') == name.length() - "/data.pkl".length()) {
                return name.substring(0, name.length() - "data.pkl".length());
            }
        }
        throw new PickleException("the file has no data.pkl");
    }

    boolean has(String name) {
        return records.containsKey(name);
    }

    /** @throws PickleException if there is no such record */
    TensorData.InFile record(String name) throws PickleException {
        TensorData.InFile record = records.get(name);
        if (record == null) {
            throw new PickleException("the file has no record " + name);
        }
        return record;
    }

    /** @throws PickleException if the record is longer than that */
    InputStream stream(String name, int maximumBytes) throws IOException {
        TensorData.InFile record = record(name);
        if (record.length() > maximumBytes) {
            throw new PickleException("the record " + name + " has " + record.length() + " bytes");
        }
        ByteBuffer bytes = ByteBuffer.allocate((int) record.length());
        record.read(0, bytes);
        return new ByteArrayInputStream(bytes.array());
    }

    private void readDirectory() throws IOException {
        requireZip();
        int tail = (int) Math.min(channel.size(), 22 + 0xffff);
        long tailStart = channel.size() - tail;
        ByteBuffer bytes = read(tailStart, tail);
        int end = tail - 22;
        while (end >= 0 && bytes.getInt(end) != END) {
            end--;
        }
        if (end < 0) {
            throw new PickleException("the file is cut off: it has no zip directory");
        }
        long size = bytes.getInt(end + 12) & 0xffffffffL;
        long start = bytes.getInt(end + 16) & 0xffffffffL;
        if (start == 0xffffffffL || size == 0xffffffffL || bytes.getShort(end + 10) == -1) {
            ByteBuffer large = end64(tailStart + end - 20);
            size = large.getLong(40);
            start = large.getLong(48);
        }
        if (size < 0 || size > LONGEST_DIRECTORY) {
            throw new PickleException("the zip directory has " + size + " bytes");
        }
        readEntries(read(start, (int) size));
    }

    private void requireZip() throws IOException {
        if (channel.size() < 22) {
            throw new PickleException("the file has only " + channel.size() + " bytes");
        }
        ByteBuffer first = read(0, 4);
        if (first.getInt(0) != LOCAL) {
            boolean old = (first.get(0) & 0xff) == 0x80;
            throw new PickleException(
                    old
                            ? "the file is in the format of PyTorch before 1.6; save it again with a newer PyTorch"
                            : "the file is not a checkpoint of PyTorch");
        }
    }

    private ByteBuffer end64(long locator) throws IOException {
        ByteBuffer found = read(locator, 20);
        if (found.getInt(0) != LOCATOR64) {
            throw new PickleException("the zip64 directory is missing");
        }
        ByteBuffer end = read(found.getLong(8), 56);
        if (end.getInt(0) != END64) {
            throw new PickleException("the zip64 directory is damaged");
        }
        return end;
    }

    private void readEntries(ByteBuffer directory) throws IOException {
        int place = 0;
        while (place + 46 <= directory.capacity() && directory.getInt(place) == ENTRY) {
            int nameLength = directory.getShort(place + 28) & 0xffff;
            int extraLength = directory.getShort(place + 30) & 0xffff;
            int commentLength = directory.getShort(place + 32) & 0xffff;
            byte[] name = new byte[nameLength];
            directory.get(place + 46, name);
            addEntry(new String(name, StandardCharsets.UTF_8), directory, place, nameLength, extraLength);
            place += 46 + nameLength + extraLength + commentLength;
        }
    }

    private void addEntry(String name, ByteBuffer directory, int place, int nameLength, int extraLength)
            throws IOException {
        long[] sizes = {
            directory.getInt(place + 24) & 0xffffffffL,
            directory.getInt(place + 20) & 0xffffffffL,
            directory.getInt(place + 42) & 0xffffffffL
        };
        fillFromZip64(sizes, directory, place + 46 + nameLength, extraLength);
        if (directory.getShort(place + 10) != 0 || sizes[0] != sizes[1]) {
            throw new PickleException("the record " + name + " is compressed, which PyTorch never does");
        }
        ByteBuffer local = read(sizes[2], 30);
        if (local.getInt(0) != LOCAL) {
            throw new PickleException("the record " + name + " is not where the directory says");
        }
        long start = sizes[2] + 30 + (local.getShort(26) & 0xffff) + (local.getShort(28) & 0xffff);
        if (start > channel.size() || sizes[0] > channel.size() - start) {
            throw new PickleException("the file is cut off: the record " + name + " is not whole");
        }
        records.put(name, new TensorData.InFile(file, start, sizes[0]));
    }

    /** Sizes and offset that do not fit in 32 bits stand in the extra field 1, in the order of {@code sizes}. */
    private static void fillFromZip64(long[] sizes, ByteBuffer directory, int start, int length) {
        int place = start;
        while (place + 4 <= start + length) {
            int id = directory.getShort(place) & 0xffff;
            int next = place + 4 + (directory.getShort(place + 2) & 0xffff);
            int value = place + 4;
            for (int i = 0; id == 1 && i < sizes.length; i++) {
                if (sizes[i] == 0xffffffffL) {
                    sizes[i] = directory.getLong(value);
                    value += 8;
                }
            }
            place = next;
        }
        for (long size : sizes) {
            if (size < 0) {
                throw new IllegalArgumentException("a size of " + size);
            }
        }
    }

    private ByteBuffer read(long position, int length) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
        while (bytes.hasRemaining()) {
            if (channel.read(bytes, position + bytes.position()) < 0) {
                throw new EOFException();
            }
        }
        return bytes;
    }
}
