package org.segnode.volume.io;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A NumPy array as a pickle holds it: whole or floating-point numbers of at most 8 bytes, any byte order, C or Fortran order. */
public final class PickleArray implements PickleVocabulary.Built {
    private PickleType type;
    private int[] shape = {0};
    private boolean fortranOrder;
    private byte[] bytes = {};

    PickleArray() {
        this.type = new PickleType("u1");
    }

    PickleArray(PickleType type, int[] shape, boolean fortranOrder, byte[] bytes) throws PickleException {
        this.type = type;
        this.shape = shape;
        this.fortranOrder = fortranOrder;
        this.bytes = bytes;
        requireSize();
    }

    /** A C-ordered array of {@code int64}. */
    public static PickleArray ofLongs(int[] shape, long... values) {
        ByteBuffer buffer = ByteBuffer.allocate(8 * values.length).order(ByteOrder.LITTLE_ENDIAN);
        buffer.asLongBuffer().put(values);
        return unchecked("i8", shape, buffer.array());
    }

    /** A C-ordered array of {@code float64}. */
    public static PickleArray ofDoubles(int[] shape, double... values) {
        ByteBuffer buffer = ByteBuffer.allocate(8 * values.length).order(ByteOrder.LITTLE_ENDIAN);
        buffer.asDoubleBuffer().put(values);
        return unchecked("f8", shape, buffer.array());
    }

    private static PickleArray unchecked(String code, int[] shape, byte[] bytes) {
        try {
            return new PickleArray(new PickleType(code), shape, false, bytes);
        } catch (PickleException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }

    public PickleType type() {
        return type;
    }

    public int[] shape() {
        return shape.clone();
    }

    public int size() {
        return bytes.length / type.size();
    }

    /** The values in C order. */
    public double[] toDoubles() {
        double[] values = new double[size()];
        ByteBuffer buffer = ByteBuffer.wrap(bytes).order(type.order());
        for (int i = 0; i < values.length; i++) {
            values[i] = type.number(buffer, place(i)).doubleValue();
        }
        return values;
    }

    /** The values in C order; fractions are cut off. */
    public long[] toLongs() {
        long[] values = new long[size()];
        ByteBuffer buffer = ByteBuffer.wrap(bytes).order(type.order());
        for (int i = 0; i < values.length; i++) {
            values[i] = type.number(buffer, place(i)).longValue();
        }
        return values;
    }

    byte[] bytes() {
        return bytes;
    }

    boolean fortranOrder() {
        return fortranOrder;
    }

    /** State of {@code ndarray.__reduce__}: version, shape, type, whether in Fortran order, bytes. */
    @Override
    public void build(@Nullable Object state) throws PickleException {
        if (!(state instanceof PickleTuple tuple
                && tuple.size() == 5
                && tuple.get(1) instanceof PickleTuple lengths
                && tuple.get(2) instanceof PickleType newType
                && tuple.get(3) instanceof Boolean fortran
                && tuple.get(4) instanceof byte[] content)) {
            throw new PickleException("an array in the pickle has no proper content");
        }
        type = newType;
        shape = lengths(lengths.items());
        fortranOrder = fortran;
        bytes = content;
        requireSize();
    }

    static int[] lengths(List<@Nullable Object> items) throws PickleException {
        int[] lengths = new int[items.size()];
        for (int i = 0; i < lengths.length; i++) {
            if (!(items.get(i) instanceof Long length && length >= 0 && length <= Integer.MAX_VALUE)) {
                throw new PickleException(
                        "an array in the pickle has the length " + PickleReader.described(items.get(i)));
            }
            lengths[i] = length.intValue();
        }
        return lengths;
    }

    private void requireSize() throws PickleException {
        double voxels = type.size();
        for (int length : shape) {
            voxels *= length;
        }
        if (voxels != bytes.length) {
            throw new PickleException("an array in the pickle needs " + (long) voxels + " bytes, has " + bytes.length);
        }
    }

    /** Byte position of the i-th value in C order. */
    private int place(int index) {
        if (!fortranOrder) {
            return index * type.size();
        }
        int place = 0;
        int rest = index;
        int[] position = new int[shape.length];
        for (int axis = shape.length - 1; axis >= 0; axis--) {
            position[axis] = rest % shape[axis];
            rest /= shape[axis];
        }
        for (int axis = shape.length - 1; axis >= 0; axis--) {
            place = place * shape[axis] + position[axis];
        }
        return place * type.size();
    }
}
