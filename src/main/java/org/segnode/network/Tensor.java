package org.segnode.network;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.segnode.volume.io.PickleException;

/**
 * A view of a storage, as torch keeps it; its numbers are read when they are asked for.
 *
 * @param shape number of values along each axis; empty for a single number
 * @param strides distance in the storage between neighbours along each axis, in numbers
 * @param offset of the first value in the storage, in numbers
 */
@SuppressWarnings("ArrayRecordComponent") // compared by identity of the storage where it matters
public record Tensor(ElementType type, long[] shape, long[] strides, long offset, TensorData data) {
    private static final int CHUNK = 1 << 20;

    public Tensor {
        long last = offset;
        long count = 1;
        for (int axis = 0; axis < shape.length; axis++) {
            if (shape[axis] < 0 || strides[axis] < 0) {
                throw new IllegalArgumentException("a tensor has the shape " + Arrays.toString(shape)
                        + " and the strides " + Arrays.toString(strides));
            }
            count = Math.multiplyExact(count, shape[axis]);
            last = Math.addExact(last, Math.multiplyExact(Math.max(0, shape[axis] - 1), strides[axis]));
        }
        if (offset < 0 || (count > 0 && last >= data.length() / type.size())) {
            throw new IllegalArgumentException("a tensor of shape " + Arrays.toString(shape) + " from number " + offset
                    + " on lies outside its storage of " + data.length() / type.size() + " numbers");
        }
    }

    /** A contiguous tensor of 32-bit numbers in C order. */
    public static Tensor of(long[] shape, float[] values) {
        ByteBuffer bytes =
                ByteBuffer.allocate(Math.multiplyExact(4, values.length)).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(values);
        return new Tensor(ElementType.F32, shape, contiguousStrides(shape), 0, TensorData.of(bytes.array()));
    }

    public long elements() {
        long count = 1;
        for (long length : shape) {
            count *= length;
        }
        return count;
    }

    public boolean isContiguous() {
        long[] contiguous = contiguousStrides(shape);
        for (int axis = 0; axis < shape.length; axis++) {
            if (shape[axis] != 1 && strides[axis] != contiguous[axis]) {
                return false;
            }
        }
        return true;
    }

    static long[] contiguousStrides(long[] shape) {
        long[] strides = new long[shape.length];
        long stride = 1;
        for (int axis = shape.length - 1; axis >= 0; axis--) {
            strides[axis] = stride;
            stride *= Math.max(1, shape[axis]);
        }
        return strides;
    }

    /**
     * The values in C order.
     *
     * @throws PickleException if there are more than 2³¹ of them, or far more than the storage holds
     */
    public float[] toFloats() throws IOException {
        float[] values = new float[count()];
        each((index, value) -> values[index] = (float) value);
        return values;
    }

    /** The values in C order; whole numbers beyond 2⁵³ lose their last digits. */
    public double[] toDoubles() throws IOException {
        double[] values = new double[count()];
        each((index, value) -> values[index] = value);
        return values;
    }

    private interface Sink {
        void accept(int index, double value);
    }

    private int count() throws PickleException {
        long count = elements();
        if (count > Integer.MAX_VALUE - 8 || (count > CHUNK && count > data.length() / type.size())) {
            throw new PickleException("a tensor of shape " + Arrays.toString(shape) + " is too large");
        }
        return (int) count;
    }

    private void each(Sink sink) throws IOException {
        if (elements() == 0) {
            return;
        }
        if (isContiguous()) {
            contiguous(sink);
        } else {
            strided(sink);
        }
    }

    private void contiguous(Sink sink) throws IOException {
        long count = elements();
        ByteBuffer chunk =
                ByteBuffer.allocate((int) Math.min(CHUNK, count) * type.size()).order(ByteOrder.LITTLE_ENDIAN);
        for (long from = 0; from < count; from += CHUNK) {
            int length = (int) Math.min(CHUNK, count - from);
            data.read((offset + from) * type.size(), chunk.clear().limit(length * type.size()));
            for (int i = 0; i < length; i++) {
                sink.accept((int) from + i, type.number(chunk, i * type.size()));
            }
        }
    }

    /** Transposed, expanded, channels-last: the part of the storage that is used is read whole. */
    private void strided(Sink sink) throws IOException {
        long extent = 1;
        for (int axis = 0; axis < shape.length; axis++) {
            extent += (shape[axis] - 1) * strides[axis];
        }
        if (extent * type.size() > Integer.MAX_VALUE - 8) {
            throw new PickleException(
                    "a tensor of shape " + Arrays.toString(shape) + " that is not contiguous is too large");
        }
        ByteBuffer bytes = ByteBuffer.allocate((int) extent * type.size()).order(ByteOrder.LITTLE_ENDIAN);
        data.read(offset * type.size(), bytes);
        long[] position = new long[shape.length];
        int count = count();
        for (int index = 0; index < count; index++) {
            long place = 0;
            for (int axis = 0; axis < shape.length; axis++) {
                place += position[axis] * strides[axis];
            }
            sink.accept(index, type.number(bytes, (int) place * type.size()));
            for (int axis = shape.length - 1; axis >= 0 && ++position[axis] == shape[axis]; axis--) {
                position[axis] = 0;
            }
        }
    }
}
