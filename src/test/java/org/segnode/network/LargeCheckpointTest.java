package org.segnode.network;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.segnode.volume.io.PickleWriter;

/** Tensors beyond 2 and 4 GiB. A file with holes takes no space on the disk: only its length is large. */
class LargeCheckpointTest {
    @TempDir
    private Path folder;

    @Test
    void readsTensorsBeyondFourGibibytesInAZip64() throws IOException {
        long length = (1L << 32) + 8;
        Path file = folder.resolve("large.pth");
        Map<String, @Nullable Object> weights = new LinkedHashMap<>();
        Tensor large = new Tensor(
                ElementType.F32, new long[] {2}, new long[] {1}, (1L << 30), new TensorData.InFile(file, 0, length));
        weights.put("w", large);
        PickleWriter pickle = new PickleWriter((out, value) -> {
            CheckpointWriter.tensor(out, (Tensor) value, "0", false);
            return true;
        });
        writeLarge(
                file,
                pickle.value(new LinkedHashMap<>(Map.of("network_weights", weights)))
                        .finish(),
                length);

        Tensor read = Objects.requireNonNull(Checkpoint.read(file).weights().get("w"));
        assertThat(read.toFloats()).containsExactly(1.5f, -2.5f);
    }

    private static void writeLarge(Path file, byte[] pickle, long length) throws IOException {
        try (RandomAccessFile out = new RandomAccessFile(file.toFile(), "rw")) {
            long pickleStart = out.getFilePointer();
            out.write(local("a/data.pkl", pickle.length));
            out.write(pickle);
            long dataStart = out.getFilePointer();
            out.write(local("a/data/0", -1));
            out.seek(out.getFilePointer() + length - 8);
            out.write(little(8).putFloat(1.5f).putFloat(-2.5f).array());
            long directory = out.getFilePointer();
            out.write(entry("a/data.pkl", pickle.length, pickleStart, -1));
            out.write(entry("a/data/0", -1, dataStart, length));
            long end = out.getFilePointer();
            out.write(little(56)
                    .putInt(0x06064b50)
                    .putLong(44)
                    .putInt(0)
                    .putInt(0)
                    .putInt(0)
                    .putLong(2)
                    .putLong(2)
                    .putLong(end - directory)
                    .putLong(directory)
                    .array());
            out.write(little(20)
                    .putInt(0x07064b50)
                    .putInt(0)
                    .putLong(end)
                    .putInt(1)
                    .array());
            out.write(little(22)
                    .putInt(0x06054b50)
                    .putInt(0)
                    .putShort((short) 2)
                    .putShort((short) 2)
                    .putInt((int) (end - directory))
                    .putInt(-1)
                    .putShort((short) 0)
                    .array());
        }
    }

    private static ByteBuffer little(int size) {
        return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
    }

    private static byte[] local(String name, int size) {
        return little(30 + name.length())
                .putInt(0x04034b50)
                .putShort((short) 45)
                .putInt(0)
                .putInt(0)
                .putInt(0)
                .putInt(size)
                .putInt(size)
                .putShort((short) name.length())
                .putShort((short) 0)
                .put(name.getBytes(java.nio.charset.StandardCharsets.US_ASCII))
                .array();
    }

    private static byte[] entry(String name, int size, long start, long largeSize) {
        boolean large = largeSize >= 0;
        ByteBuffer bytes = ByteBuffer.allocate(46 + name.length() + (large ? 20 : 0));
        bytes.order(ByteOrder.LITTLE_ENDIAN)
                .putInt(0x02014b50)
                .putShort((short) 45)
                .putShort((short) 45)
                .putInt(0)
                .putInt(0)
                .putInt(0)
                .putInt(size)
                .putInt(size)
                .putShort((short) name.length())
                .putShort((short) (large ? 20 : 0))
                .putShort((short) 0)
                .putShort((short) 0)
                .putShort((short) 0)
                .putInt(0)
                .putInt((int) start)
                .put(name.getBytes(java.nio.charset.StandardCharsets.US_ASCII));
        if (large) {
            bytes.putShort((short) 1).putShort((short) 16).putLong(largeSize).putLong(largeSize);
        }
        return bytes.array();
    }

    /** The copy has no holes: 7 GB on the disk, {@code mvn test -Plarge -Dtest=LargeCheckpointTest}. */
    @Test
    @Tag("large")
    void writesTensorsBeyondTwoAndFourGibibytesInAZip64() throws IOException {
        Map<String, @Nullable Object> weights = new LinkedHashMap<>();
        List<Long> lengths = List.of((1L << 29) + 2, (1L << 30) + 2, 3L);
        for (long length : lengths) {
            weights.put("w" + length, ending(length));
        }
        Path file = folder.resolve("copy.pth");
        CheckpointWriter.write(file, new LinkedHashMap<>(Map.of("network_weights", weights)));

        assertThat(Files.size(file)).isGreaterThan(3L << 31);
        Map<String, Tensor> read = Checkpoint.read(file).weights();
        for (long length : lengths) {
            Tensor tensor = Objects.requireNonNull(read.get("w" + length));
            assertThat(tensor.shape()).containsExactly(length);
            assertThat(end(tensor).toFloats()).containsExactly(1.5f, -2.5f);
        }
    }

    /** Zeros, and two numbers at the end. */
    private Tensor ending(long length) throws IOException {
        Path file = folder.resolve(length + ".bin");
        try (RandomAccessFile out = new RandomAccessFile(file.toFile(), "rw")) {
            out.seek(4 * (length - 2));
            out.write(little(8).putFloat(1.5f).putFloat(-2.5f).array());
        }
        TensorData data = new TensorData.InFile(file, 0, 4 * length);
        return new Tensor(ElementType.F32, new long[] {length}, new long[] {1}, 0, data);
    }

    private static Tensor end(Tensor whole) {
        return new Tensor(
                whole.type(), new long[] {2}, new long[] {1}, whole.offset() + whole.elements() - 2, whole.data());
    }
}
