package org.segnode.inference;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * Finished heads on the disk, as half-precision bits, read back one at a time. The file has no name once it is open: its
 * space is given back when nothing refers to this any more, or the process ends.
 */
final class BlockFile implements IntFunction<short[]> {
    private final FileChannel channel;
    private final int voxels;
    private volatile @Nullable Head latest;

    /** A head that was read last. */
    @SuppressWarnings("ArrayRecordComponent") // handed over
    private record Head(int index, short[] halfs) {}

    /** @param voxels of one head */
    BlockFile(int voxels) throws IOException {
        Path file = Files.createTempFile("segnode-logits", ".f16");
        this.channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE);
        this.voxels = voxels;
        Files.delete(file);
    }

    void write(int head, short[] halfs) throws IOException {
        ByteBuffer bytes = buffer();
        bytes.asShortBuffer().put(halfs);
        long place = place(head);
        while (bytes.hasRemaining()) {
            place += channel.write(bytes, place);
        }
    }

    /** @throws UncheckedIOException if the disk fails */
    @Override
    public short[] apply(int head) {
        Head known = latest;
        if (known != null && known.index == head) {
            return known.halfs;
        }
        short[] halfs = read(head);
        latest = new Head(head, halfs);
        return halfs;
    }

    private short[] read(int head) {
        ByteBuffer bytes = buffer();
        long place = place(head);
        try {
            while (bytes.hasRemaining()) {
                place += channel.read(bytes, place);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        short[] halfs = new short[voxels];
        bytes.flip();
        bytes.asShortBuffer().get(halfs);
        return halfs;
    }

    private ByteBuffer buffer() {
        return ByteBuffer.allocate(Math.multiplyExact(2, voxels)).order(ByteOrder.nativeOrder());
    }

    private long place(int head) {
        return 2L * voxels * head;
    }
}
