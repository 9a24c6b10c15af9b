package org.segnode.volume.io;

import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import org.jspecify.annotations.Nullable;

/**
 * Reads a NumPy array from an {@code .npy} file or from an entry of an {@code .npz} file, piece by piece and in C order:
 * whole and floating-point numbers; no objects.
 *
 * @see <a href="https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html">The npy format</a>
 */
public final class NumpyReader implements Closeable {
    private static final Pattern TYPE = Pattern.compile("'descr': *'([<>|=])([a-z]\\d)'");
    private static final Pattern ORDER = Pattern.compile("'fortran_order': *(True|False)");
    private static final Pattern SHAPE = Pattern.compile("'shape': *\\(([\\d, L]*)\\)");
    private static final Map<String, NumberType> TYPES = Map.ofEntries(
            Map.entry("b1", NumberType.U8),
            Map.entry("u1", NumberType.U8),
            Map.entry("i1", NumberType.I8),
            Map.entry("u2", NumberType.U16),
            Map.entry("i2", NumberType.I16),
            Map.entry("u4", NumberType.U32),
            Map.entry("i4", NumberType.I32),
            Map.entry("u8", NumberType.U64),
            Map.entry("i8", NumberType.I64),
            Map.entry("f2", NumberType.F16),
            Map.entry("f4", NumberType.F32),
            Map.entry("f8", NumberType.F64));
    private static final int MOST_HEADER = 1 << 16;
    private static final int PIECE = 1 << 13;

    private final Path file;
    private final InputStream in;
    private final @Nullable ZipFile archive;
    private final NumberType type;
    private final int[] shape;
    private final ByteBuffer buffer;
    private long left;

    private NumpyReader(Path file, InputStream in, @Nullable ZipFile archive, long size) throws IOException {
        this.file = file;
        this.in = in;
        this.archive = archive;
        String header = header();
        Matcher descr = find(TYPE, header);
        NumberType known = TYPES.get(descr.group(2));
        if (known == null) {
            throw new UnusableImageException(file, "holds an array of the type " + descr.group(2) + ", not of numbers");
        }
        if (find(ORDER, header).group(1).equals("True")) {
            throw new UnusableImageException(file, "holds an array in Fortran order; numpy.ascontiguousarray helps");
        }
        this.type = known;
        this.shape = shape(find(SHAPE, header).group(1));
        this.left = numbers(size);
        ByteOrder order = descr.group(1).equals(">") ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
        this.buffer = ByteBuffer.allocate(PIECE * 8).order(order);
    }

    /** @param npy a file of one array */
    public static NumpyReader open(Path npy) throws IOException {
        InputStream in = new BufferedInputStream(Files.newInputStream(npy), 1 << 16);
        try {
            return new NumpyReader(npy, in, null, Files.size(npy));
        } catch (IOException e) {
            in.close();
            throw e;
        }
    }

    /**
     * @param npz a file of several arrays
     * @param name of the array, without {@code .npy}
     */
    public static NumpyReader open(Path npz, String name) throws IOException {
        ZipFile archive = archive(npz);
        try {
            ZipEntry entry = archive.getEntry(name + ".npy");
            if (entry == null) {
                throw new UnusableImageException(npz, "has no array \"" + name + "\"");
            }
            InputStream in = new BufferedInputStream(archive.getInputStream(entry), 1 << 16);
            return new NumpyReader(npz, in, archive, entry.getSize());
        } catch (IOException e) {
            archive.close();
            throw e instanceof UnusableImageException ? e : damaged(npz, e);
        }
    }

    private static ZipFile archive(Path npz) throws IOException {
        try {
            return new ZipFile(npz.toFile());
        } catch (ZipException | EOFException | IllegalArgumentException broken) {
            throw damaged(npz, broken);
        }
    }

    private static UnusableImageException damaged(Path file, Exception reason) {
        return new UnusableImageException(file, "is damaged: " + reason.getMessage());
    }

    /** Lengths of the axes. */
    public int[] shape() {
        return shape.clone();
    }

    /** The next numbers, in single precision. @throws UnusableImageException if fewer are left */
    public float[] floats(int count) throws IOException {
        float[] values = new float[require(count)];
        for (int at = 0; at < count; at += PIECE) {
            int piece = fill(Math.min(PIECE, count - at));
            type.decode(buffer.position(0), values, at, piece);
        }
        return values;
    }

    /** The next numbers, in double precision. @throws UnusableImageException if fewer are left */
    public double[] doubles(int count) throws IOException {
        double[] values = new double[require(count)];
        for (int at = 0; at < count; at += PIECE) {
            int piece = fill(Math.min(PIECE, count - at));
            for (int i = 0; i < piece; i++) {
                values[at + i] = type.number(buffer, i * type.bytes());
            }
        }
        return values;
    }

    /** The next numbers, cut to 16 bits; half-precision numbers keep their value only roughly: see {@link #halfs}. */
    public short[] shorts(int count) throws IOException {
        short[] values = new short[require(count)];
        for (int at = 0; at < count; at += PIECE) {
            int piece = fill(Math.min(PIECE, count - at));
            for (int i = 0; i < piece; i++) {
                values[at + i] = (short) type.number(buffer, i * type.bytes());
            }
        }
        return values;
    }

    /** The bits of the next half-precision numbers. @throws UnusableImageException if they are of another type */
    public short[] halfs(int count) throws IOException {
        if (type != NumberType.F16) {
            throw new UnusableImageException(file, "holds no half-precision numbers");
        }
        short[] values = new short[require(count)];
        for (int at = 0; at < count; at += PIECE) {
            int piece = fill(Math.min(PIECE, count - at));
            buffer.position(0).asShortBuffer().get(values, at, piece);
        }
        return values;
    }

    @Override
    public void close() throws IOException {
        in.close();
        if (archive != null) {
            archive.close();
        }
    }

    private int require(int count) throws UnusableImageException {
        if (count > left) {
            throw new UnusableImageException(file, "holds " + left + " more numbers, " + count + " are needed");
        }
        left -= count;
        return count;
    }

    private int fill(int count) throws IOException {
        int wanted = count * type.bytes();
        int got;
        try {
            got = in.readNBytes(buffer.array(), 0, wanted);
        } catch (EOFException | ZipException broken) {
            throw damaged(file, broken);
        }
        if (got < wanted) {
            throw new UnusableImageException(file, "is cut short");
        }
        return count;
    }

    private String header() throws IOException {
        try {
            return readHeader();
        } catch (EOFException | ZipException broken) {
            throw damaged(file, broken);
        }
    }

    private String readHeader() throws IOException {
        byte[] start = in.readNBytes(8);
        if (start.length < 8 || !new String(start, 1, 5, StandardCharsets.ISO_8859_1).equals("NUMPY")) {
            throw new UnusableImageException(file, "is not a NumPy array");
        }
        byte[] length = in.readNBytes(start[6] == 1 ? 2 : 4);
        long bytes = 0;
        for (int i = length.length - 1; i >= 0; i--) {
            bytes = bytes << 8 | (length[i] & 0xff);
        }
        if (bytes > MOST_HEADER) {
            throw new UnusableImageException(file, "has a header of " + bytes + " bytes");
        }
        return new String(in.readNBytes((int) bytes), StandardCharsets.ISO_8859_1);
    }

    private Matcher find(Pattern pattern, String header) throws UnusableImageException {
        Matcher matcher = pattern.matcher(header);
        if (!matcher.find()) {
            throw new UnusableImageException(file, "has a header that is not understood");
        }
        return matcher;
    }

    private int[] shape(String text) throws UnusableImageException {
        try {
            return Arrays.stream(text.replace("L", "").split(","))
                    .map(String::strip)
                    .filter(length -> !length.isEmpty())
                    .mapToInt(Integer::parseInt)
                    .toArray();
        } catch (NumberFormatException notNumbers) {
            throw new UnusableImageException(file, "has the shape (" + text + ")");
        }
    }

    /** Refuses a header that claims more than the file holds, before memory is taken for it. */
    private long numbers(long size) throws UnusableImageException {
        double numbers = 1;
        for (int length : shape) {
            numbers *= length;
        }
        if (numbers * type.bytes() > size) {
            throw new UnusableImageException(
                    file, "is cut short: its header tells of " + Arrays.toString(shape) + " numbers");
        }
        Content.requireMemory(file, (long) numbers, 1);
        return (long) numbers;
    }
}
