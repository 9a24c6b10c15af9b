package org.segnode.network;

import java.nio.ByteBuffer;
import org.segnode.volume.Halfs;
import org.segnode.volume.io.PickleException;

/** Number types of a torch storage, little-endian. */
public enum ElementType {
    F32("FloatStorage", 4),
    F64("DoubleStorage", 8),
    F16("HalfStorage", 2),
    BF16("BFloat16Storage", 2),
    I64("LongStorage", 8),
    I32("IntStorage", 4),
    I16("ShortStorage", 2),
    I8("CharStorage", 1),
    U8("ByteStorage", 1),
    BOOL("BoolStorage", 1);

    private final String storage;
    private final int size;

    ElementType(String storage, int size) {
        this.storage = storage;
        this.size = size;
    }

    /** Name of torch's class for a storage of this type. */
    public String storage() {
        return storage;
    }

    /** Bytes of one number. */
    public int size() {
        return size;
    }

    /** @throws PickleException if torch has no such storage, or it is of numbers that are not read here */
    static ElementType ofStorage(String storage) throws PickleException {
        for (ElementType type : values()) {
            if (type.storage.equals(storage)) {
                return type;
            }
        }
        throw new PickleException("a storage of type torch." + storage + " is not read");
    }

    /** @param place in bytes */
    double number(ByteBuffer bytes, int place) {
        return switch (this) {
            case F32 -> bytes.getFloat(place);
            case F64 -> bytes.getDouble(place);
            case F16 -> Halfs.toFloat(bytes.getShort(place));
            case BF16 -> Float.intBitsToFloat(bytes.getShort(place) << 16);
            case I64 -> bytes.getLong(place);
            case I32 -> bytes.getInt(place);
            case I16 -> bytes.getShort(place);
            case I8 -> bytes.get(place);
            case U8, BOOL -> bytes.get(place) & 0xff;
        };
    }
}
