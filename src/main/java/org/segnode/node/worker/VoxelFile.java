package org.segnode.node.worker;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** Raw voxels in a file, little-endian, without a header: how they go from process to process. */
final class VoxelFile {
    private static final int BLOCK = 1 << 20;

    private VoxelFile() {}

    static void writeFloats(Path file, List<float[]> channels) throws IOException {
        ByteBuffer block = block();
        try (FileChannel out = create(file)) {
            for (float[] channel : channels) {
                for (int start = 0; start < channel.length; start += BLOCK / Float.BYTES) {
                    int count = Math.min(BLOCK / Float.BYTES, channel.length - start);
                    block.clear().asFloatBuffer().put(channel, start, count);
                    writeFully(out, block.limit(count * Float.BYTES));
                }
            }
        }
    }

    /** @throws IOException if the file has another length than so many voxels take */
    static List<float[]> readFloats(Path file, int channels, int voxels) throws IOException {
        ByteBuffer block = block();
        List<float[]> read = new ArrayList<>();
        try (FileChannel in = open(file, (long) channels * voxels * Float.BYTES)) {
            for (int i = 0; i < channels; i++) {
                float[] channel = new float[voxels];
                for (int start = 0; start < voxels; start += BLOCK / Float.BYTES) {
                    int count = Math.min(BLOCK / Float.BYTES, voxels - start);
                    readFully(in, block.clear().limit(count * Float.BYTES));
                    block.flip().asFloatBuffer().get(channel, start, count);
                }
                read.add(channel);
            }
        }
        return read;
    }

    static void writeLabels(Path file, short[] labels) throws IOException {
        ByteBuffer block = block();
        try (FileChannel out = create(file)) {
            for (int start = 0; start < labels.length; start += BLOCK / Short.BYTES) {
                int count = Math.min(BLOCK / Short.BYTES, labels.length - start);
                block.clear().asShortBuffer().put(labels, start, count);
                writeFully(out, block.limit(count * Short.BYTES));
            }
        }
    }

    /** @throws IOException if the file has another length than so many voxels take */
    static short[] readLabels(Path file, int voxels) throws IOException {
        ByteBuffer block = block();
        short[] labels = new short[voxels];
        try (FileChannel in = open(file, (long) voxels * Short.BYTES)) {
            for (int start = 0; start < voxels; start += BLOCK / Short.BYTES) {
                int count = Math.min(BLOCK / Short.BYTES, voxels - start);
                readFully(in, block.clear().limit(count * Short.BYTES));
                block.flip().asShortBuffer().get(labels, start, count);
            }
        }
        return labels;
    }

    /** @param levels of one label after the other */
    static void writeLevels(Path file, Collection<byte[]> levels) throws IOException {
        try (FileChannel out = create(file)) {
            for (byte[] level : levels) {
                for (int start = 0; start < level.length; start += BLOCK) {
                    writeFully(out, ByteBuffer.wrap(level, start, Math.min(BLOCK, level.length - start)));
                }
            }
        }
    }

    /**
     * @param labels in the order of the file; without any there is no file
     * @throws IOException if the file has another length than so many voxels take
     */
    static SortedMap<Integer, byte[]> readLevels(Path file, List<Integer> labels, int voxels) throws IOException {
        SortedMap<Integer, byte[]> levels = new TreeMap<>();
        if (labels.isEmpty()) {
            return levels;
        }
        try (FileChannel in = open(file, (long) labels.size() * voxels)) {
            for (int label : labels) {
                byte[] level = new byte[voxels];
                for (int start = 0; start < voxels; start += BLOCK) {
                    readFully(in, ByteBuffer.wrap(level, start, Math.min(BLOCK, voxels - start)));
                }
                levels.put(label, level);
            }
        }
        return levels;
    }

    private static ByteBuffer block() {
        return ByteBuffer.allocateDirect(BLOCK).order(ByteOrder.LITTLE_ENDIAN);
    }

    private static FileChannel create(Path file) throws IOException {
        return FileChannel.open(
                file, StandardOpenOption.WRITE, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING);
    }

    private static FileChannel open(Path file, long bytes) throws IOException {
        FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
        if (channel.size() != bytes) {
            long size = channel.size();
            channel.close();
            throw new IOException(file + " has " + size + " bytes instead of " + bytes);
        }
        return channel;
    }

    private static void writeFully(FileChannel out, ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            out.write(bytes);
        }
    }

    private static void readFully(FileChannel in, ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            if (in.read(bytes) < 0) {
                throw new EOFException("the file ends " + bytes.remaining() + " bytes early");
            }
        }
    }
}
