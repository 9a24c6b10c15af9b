package org.segnode.volume.io;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A NumPy number type in a pickle: kind and size ({@code f8}) at first, its byte order afterwards. */
public final class PickleType implements PickleVocabulary.Built {
    private static final Set<String> CODES =
            Set.of("f2", "f4", "f8", "i1", "i2", "i4", "i8", "u1", "u2", "u4", "u8", "b1");

    private final String code;
    private ByteOrder order = ByteOrder.LITTLE_ENDIAN;

    PickleType(String code) {
        this.code = code;
    }

    /** @throws PickleException if the type is not a number */
    static PickleType of(@Nullable Object code) throws PickleException {
        if (code instanceof String text && CODES.contains(text.replaceFirst("^[<>|=]", ""))) {
            PickleType type = new PickleType(text.replaceFirst("^[<>|=]", ""));
            type.order = text.startsWith(">") ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
            return type;
        }
        throw new PickleException("the pickle holds a NumPy type that is not a number");
    }

    /** Kind and bytes: {@code f8}, {@code i4}, {@code b1}. */
    public String code() {
        return code;
    }

    public int size() {
        return code.charAt(1) - '0';
    }

    ByteOrder order() {
        return order;
    }

    @Override
    public void build(@Nullable Object state) throws PickleException {
        if (!(state instanceof PickleTuple tuple && tuple.size() >= 2 && tuple.get(1) instanceof String letter)) {
            throw new PickleException("a NumPy type in the pickle has no byte order");
        }
        order = letter.equals(">") ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
    }

    /** @param place in bytes; the buffer has the type's byte order */
    Number number(ByteBuffer buffer, int place) {
        return switch (code) {
            case "f2" -> (double) halfToFloat(buffer.getShort(place));
            case "f4" -> (double) buffer.getFloat(place);
            case "f8" -> buffer.getDouble(place);
            case "i1" -> (long) buffer.get(place);
            case "i2" -> (long) buffer.getShort(place);
            case "i4" -> (long) buffer.getInt(place);
            case "u2" -> (long) buffer.getShort(place) & 0xffff;
            case "u4" -> buffer.getInt(place) & 0xffffffffL;
            case "i8", "u8" -> buffer.getLong(place);
            default -> (long) buffer.get(place) & 0xff;
        };
    }

    /** A single value: Boolean, Long or Double. */
    Object scalar(byte[] bytes) throws PickleException {
        if (bytes.length != size()) {
            throw new PickleException("a NumPy " + code + " in the pickle has " + bytes.length + " bytes");
        }
        Number number = number(ByteBuffer.wrap(bytes).order(order), 0);
        return code.equals("b1") ? (Object) (number.longValue() != 0) : number;
    }

    private static float halfToFloat(short half) {
        int exponent = half >> 10 & 0x1f;
        int fraction = half & 0x3ff;
        float magnitude = exponent == 0
                ? fraction * 0x1p-24f
                : exponent == 31
                        ? (fraction == 0 ? Float.POSITIVE_INFINITY : Float.NaN)
                        : Float.intBitsToFloat((exponent + 112) << 23 | fraction << 13);
        return half < 0 ? -magnitude : magnitude;
    }
}
