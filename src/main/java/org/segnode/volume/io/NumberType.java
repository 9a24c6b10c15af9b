package org.segnode.volume.io;

import java.nio.ByteBuffer;
import java.nio.ShortBuffer;
import org.segnode.volume.Halfs;

/** The kinds of number voxels are stored as. */
enum NumberType {
    U8(1),
    I8(1),
    U16(2),
    I16(2),
    U32(4),
    I32(4),
    U64(8),
    I64(8),
    F16(2),
    F32(4),
    F64(8);

    private static final double TWO_POW_64 = 0x1p64;
    private final int bytes;

    NumberType(int bytes) {
        this.bytes = bytes;
    }

    int bytes() {
        return bytes;
    }

    /**
     * Reads numbers and widens or narrows them to single precision.
     *
     * @param source in the byte order of the file, positioned at the first number
     * @param at first place in the target
     */
    void decode(ByteBuffer source, float[] target, int at, int count) {
        int start = source.position();
        switch (this) {
            case U8 -> {
                for (int i = 0; i < count; i++) {
                    target[at + i] = source.get(start + i) & 0xff;
                }
            }
            case I16 -> {
                ShortBuffer view = source.asShortBuffer();
                for (int i = 0; i < count; i++) {
                    target[at + i] = view.get(i);
                }
            }
            case F32 -> source.asFloatBuffer().get(target, at, count);
            default -> {
                for (int i = 0; i < count; i++) {
                    target[at + i] = (float) number(source, start + i * bytes);
                }
            }
        }
    }

    /** One number in double precision. */
    double number(ByteBuffer source, int place) {
        return switch (this) {
            case U8 -> source.get(place) & 0xff;
            case I8 -> source.get(place);
            case U16 -> source.getShort(place) & 0xffff;
            case I16 -> source.getShort(place);
            case U32 -> source.getInt(place) & 0xffffffffL;
            case I32 -> source.getInt(place);
            case U64 -> unsigned(source.getLong(place));
            case I64 -> source.getLong(place);
            case F16 -> Halfs.toFloat(source.getShort(place));
            case F32 -> source.getFloat(place);
            case F64 -> source.getDouble(place);
        };
    }

    private static double unsigned(long bits) {
        return bits >= 0 ? bits : bits + TWO_POW_64;
    }
}
