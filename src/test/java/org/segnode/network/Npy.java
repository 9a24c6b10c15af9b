package org.segnode.network;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads recorded NumPy arrays (format 1, C order) for comparison. */
@SuppressWarnings("ArrayRecordComponent") // a test value
public record Npy(int[] shape, float[] values, short[] halfBits) {
    private static final Pattern HEADER =
            Pattern.compile("'descr': '[<|]([fiu]\\d)'.*'fortran_order': False, 'shape': \\(([0-9, ]*)\\)");

    public static Npy read(Path file) throws IOException {
        return of(Files.readAllBytes(file));
    }

    public static Npy of(byte[] bytes) throws IOException {
        ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        int headerLength = buffer.getShort(8);
        String header = new String(bytes, 10, headerLength, StandardCharsets.US_ASCII);
        Matcher matcher = HEADER.matcher(header);
        if (!matcher.find()) {
            throw new IOException("unexpected header " + header);
        }
        int[] shape = Arrays.stream(matcher.group(2).split(","))
                .map(String::strip)
                .filter(text -> !text.isEmpty())
                .mapToInt(Integer::parseInt)
                .toArray();
        int count = Arrays.stream(shape).reduce(1, (a, b) -> a * b);
        ElementType type = switch (matcher.group(1)) {
            case "f4" -> ElementType.F32;
            case "f2" -> ElementType.F16;
            case "f8" -> ElementType.F64;
            case "u1" -> ElementType.U8;
            default -> throw new IOException("unexpected type " + header);
        };
        float[] values = new float[count];
        short[] bits = new short[type == ElementType.F16 ? count : 0];
        for (int i = 0; i < count; i++) {
            int place = 10 + headerLength + i * type.size();
            values[i] = (float) type.number(buffer, place);
            if (bits.length > 0) {
                bits[i] = buffer.getShort(place);
            }
        }
        return new Npy(shape, values, bits);
    }
}
