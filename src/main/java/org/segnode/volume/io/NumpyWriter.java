package org.segnode.volume.io;

import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Writes NumPy arrays of single-precision numbers or 16-bit integers into an {@code .npz} file, piece by piece. */
public final class NumpyWriter implements Closeable {
    private static final int PIECE = 1 << 14;
    private static final int ALIGNMENT = 64;

    private final ZipOutputStream out;
    private final ByteBuffer buffer = ByteBuffer.allocate(4 * PIECE).order(ByteOrder.LITTLE_ENDIAN);

    /** Creates the file. Arrays are compressed, as {@code numpy.savez_compressed} does. */
    public NumpyWriter(Path npz) throws IOException {
        OutputStream file = new BufferedOutputStream(Files.newOutputStream(npz), 1 << 16);
        this.out = new ZipOutputStream(file);
        out.setLevel(3);
    }

    /** Begins an array of {@code float32}; its numbers follow in C order by {@link #write(float[])}. */
    public void beginFloats(String name, int... shape) throws IOException {
        begin(name, "<f4", shape);
    }

    /** Begins an array of {@code int16}; its numbers follow in C order by {@link #write(short[])}. */
    public void beginShorts(String name, int... shape) throws IOException {
        begin(name, "<i2", shape);
    }

    public void write(float[] values) throws IOException {
        for (int at = 0; at < values.length; at += PIECE) {
            int count = Math.min(PIECE, values.length - at);
            buffer.asFloatBuffer().put(values, at, count);
            out.write(buffer.array(), 0, 4 * count);
        }
    }

    public void write(short[] values) throws IOException {
        for (int at = 0; at < values.length; at += PIECE) {
            int count = Math.min(PIECE, values.length - at);
            buffer.asShortBuffer().put(values, at, count);
            out.write(buffer.array(), 0, 2 * count);
        }
    }

    @Override
    public void close() throws IOException {
        out.close();
    }

    private void begin(String name, String type, int... shape) throws IOException {
        out.putNextEntry(new ZipEntry(name + ".npy"));
        String lengths = Arrays.stream(shape).mapToObj(String::valueOf).collect(Collectors.joining(", "));
        String header = "{'descr': '" + type + "', 'fortran_order': False, 'shape': (" + lengths
                + (shape.length == 1 ? ",), }" : "), }");
        int length = (10 + header.length() + 1 + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT - 10;
        String padded = header + " ".repeat(length - header.length() - 1) + "\n";
        out.write(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0, (byte) length, (byte) (length >> 8)});
        out.write(padded.getBytes(StandardCharsets.ISO_8859_1));
    }
}
