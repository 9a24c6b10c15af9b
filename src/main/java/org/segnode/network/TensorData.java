package org.segnode.network;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Bytes behind one or more tensors. A file's bytes are read when they are asked for, so what nobody needs costs nothing. */
public sealed interface TensorData {
    /** In bytes. */
    long length();

    /** Fills the target from the position on. */
    void read(long position, ByteBuffer target) throws IOException;

    static TensorData of(byte[] bytes) {
        return new InMemory(bytes);
    }

    /** Identity, not content, tells whether two tensors share their storage. */
    final class InMemory implements TensorData {
        private final byte[] bytes;

        InMemory(byte[] bytes) {
            this.bytes = bytes;
        }

        @Override
        public long length() {
            return bytes.length;
        }

        @Override
        public void read(long position, ByteBuffer target) {
            target.put(bytes, (int) position, target.remaining());
        }
    }

    /**
     * A part of a file.
     *
     * @param start of the first byte in the file
     * @param length in bytes; may be more than 2 GiB
     */
    record InFile(Path file, long start, long length) implements TensorData {
        @Override
        public void read(long position, ByteBuffer target) throws IOException {
            if (position < 0 || position + target.remaining() > length) {
                throw new EOFException("byte " + position + " of a storage of " + length);
            }
            try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
                long place = start + position;
                while (target.hasRemaining()) {
                    int read = channel.read(target, place);
                    if (read < 0) {
                        throw new EOFException(file.getFileName() + " ends too early");
                    }
                    place += read;
                }
            }
        }
    }
}
