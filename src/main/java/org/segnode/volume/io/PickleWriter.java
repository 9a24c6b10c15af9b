package org.segnode.volume.io;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Writes values as a pickle of protocol 2, which every Python reads. The counterpart of {@link PickleReader}; what torch
 * adds is written with {@link #global} and {@link #raw}.
 */
public final class PickleWriter {
    private static final int MAXIMUM_DEPTH = 200;

    /** Writes values of a kind this writer does not know, or refuses them. */
    @FunctionalInterface
    public interface Extension {
        /** @return whether it was written */
        boolean write(PickleWriter writer, Object value);
    }

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final Extension extension;
    private int depth;

    public PickleWriter(Extension extension) {
        this.extension = extension;
        raw(0x80, 2);
    }

    /** The pickle of one value. */
    public static byte[] bytes(@Nullable Object value) {
        return new PickleWriter((writer, unknown) -> false).value(value).finish();
    }

    public byte[] finish() {
        raw('.');
        return out.toByteArray();
    }

    /** Codes or bytes as they are. */
    public PickleWriter raw(int... bytes) {
        for (int each : bytes) {
            out.write(each);
        }
        return this;
    }

    public PickleWriter global(String module, String name) {
        raw('c');
        out.writeBytes((module + "\n" + name + "\n").getBytes(StandardCharsets.UTF_8));
        return this;
    }

    /**
     * @throws IllegalArgumentException if a value in it is of a kind that cannot be written, or it is nested too deep
     */
    public PickleWriter value(@Nullable Object value) {
        if (++depth > MAXIMUM_DEPTH) {
            throw new IllegalArgumentException("values are nested more than " + MAXIMUM_DEPTH + " deep");
        }
        if (!plain(value) && !container(value)) {
            if (value == null || !extension.write(this, value)) {
                throw new IllegalArgumentException("cannot be written as a pickle: " + value);
            }
        }
        depth--;
        return this;
    }

    private boolean plain(@Nullable Object value) {
        if (value == null) {
            raw('N');
        } else if (value instanceof Boolean truth) {
            raw(truth ? 0x88 : 0x89);
        } else if (value instanceof Integer || value instanceof Long || value instanceof BigInteger) {
            number((Number) value);
        } else if (value instanceof Number real) {
            raw('G');
            four(Integer.reverseBytes((int) (Double.doubleToRawLongBits(real.doubleValue()) >>> 32)));
            four(Integer.reverseBytes((int) Double.doubleToRawLongBits(real.doubleValue())));
        } else if (value instanceof String text) {
            text(text);
        } else if (value instanceof byte[] bytes) {
            global("_codecs", "encode").raw('(');
            text(new String(bytes, StandardCharsets.ISO_8859_1));
            text("latin1");
            raw('t', 'R');
        } else if (value instanceof PickleGlobal global) {
            global(global.module(), global.name());
        } else {
            return false;
        }
        return true;
    }

    private boolean container(@Nullable Object value) {
        if (value instanceof PickleTuple tuple) {
            raw('(');
            tuple.items().forEach(this::value);
            raw('t');
        } else if (value instanceof List<?> list) {
            raw(']', '(');
            list.forEach(this::value);
            raw('e');
        } else if (value instanceof Map<?, ?> map) {
            raw('}', '(');
            map.forEach((key, item) -> value(key).value(item));
            raw('u');
        } else if (value instanceof Set<?> set) {
            global("__builtin__", "set").raw(']', '(');
            set.forEach(this::value);
            raw('e', 0x85, 'R');
        } else if (value instanceof PickleArray array) {
            array(array);
        } else {
            return false;
        }
        return true;
    }

    private void array(PickleArray array) {
        global("numpy.core.multiarray", "_reconstruct").raw('(');
        global("numpy", "ndarray").value(PickleTuple.of(0L)).value(new byte[] {'b'});
        raw('t', 'R', '(');
        value(1).raw('(');
        for (int length : array.shape()) {
            value(length);
        }
        raw('t');
        type(array.type());
        value(array.fortranOrder()).value(array.bytes());
        raw('t', 'b');
    }

    private void type(PickleType type) {
        global("numpy", "dtype").value(PickleTuple.of(type.code(), false, true)).raw('R');
        String order = type.size() == 1 ? "|" : type.order() == ByteOrder.BIG_ENDIAN ? ">" : "<";
        value(PickleTuple.of(3, order, null, null, null, -1, -1, 0)).raw('b');
    }

    private void number(Number value) {
        long number = value.longValue();
        if (value instanceof BigInteger big && big.bitLength() >= Long.SIZE) {
            byte[] bytes = big.toByteArray();
            raw(0x8a, bytes.length);
            for (int i = bytes.length - 1; i >= 0; i--) {
                raw(bytes[i]);
            }
        } else if (number >= 0 && number < 1 << 8) {
            raw('K', (int) number);
        } else if (number == (int) number) {
            raw('J');
            four((int) number);
        } else {
            raw(0x8a, 8);
            four((int) number);
            four((int) (number >> 32));
        }
    }

    private void text(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        raw('X');
        four(bytes.length);
        out.writeBytes(bytes);
    }

    private void four(int value) {
        raw(value, value >> 8, value >> 16, value >> 24);
    }
}
