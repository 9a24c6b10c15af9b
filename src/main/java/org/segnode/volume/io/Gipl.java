package org.segnode.volume.io;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import org.segnode.volume.Grid;
import org.segnode.volume.LabelMap;
import org.segnode.volume.Position;
import org.segnode.volume.Spacing;
import org.segnode.volume.Volume;

/** GIPL files: big-endian, without directions. */
final class Gipl {
    private static final int HEADER = 256;
    private static final int MAGIC = 0xefffe9b0;
    private static final int OLD_MAGIC = 0x2ae389b8;

    private Gipl() {}

    static Volume read(Path file) throws IOException {
        byte[] bytes;
        try (InputStream in = Files.newInputStream(file)) {
            bytes = in.readNBytes(HEADER);
        }
        ByteBuffer header = ByteBuffer.wrap(bytes);
        if (bytes.length < HEADER || (header.getInt(252) != MAGIC && header.getInt(252) != OLD_MAGIC)) {
            throw new UnusableImageException(file, "is not a GIPL file");
        }
        int[] lengths = new int[3];
        double[] spacing = new double[3];
        for (int axis = 0; axis < 3; axis++) {
            lengths[axis] = Math.max(1, header.getShort(2 * axis) & 0xffff);
            float distance = header.getFloat(10 + 4 * axis);
            spacing[axis] = distance > 0 && Float.isFinite(distance) ? distance : 1;
        }
        if ((header.getShort(6) & 0xffff) > 1) {
            throw new UnusableImageException(file, "has four dimensions; a GIPL file of three is read");
        }
        RawImage image = new RawImage(
                lengths,
                3,
                1,
                false,
                type(file, header.getShort(8)),
                ByteOrder.BIG_ENDIAN,
                false,
                origin(file, header),
                new Position[] {new Position(1, 0, 0), new Position(0, 1, 0), new Position(0, 0, 1)},
                spacing);
        return image.read(file, () -> {
            InputStream in = new BufferedInputStream(Files.newInputStream(file));
            in.skipNBytes(HEADER);
            return in;
        });
    }

    private static Position origin(Path file, ByteBuffer header) throws UnusableImageException {
        try {
            return new Position(header.getDouble(204), header.getDouble(212), header.getDouble(220));
        } catch (IllegalArgumentException notFinite) {
            throw new UnusableImageException(file, "places its voxels at no finite position");
        }
    }

    private static NumberType type(Path file, int code) throws UnusableImageException {
        return switch (code) {
            case 7 -> NumberType.I8;
            case 8 -> NumberType.U8;
            case 15 -> NumberType.I16;
            case 16 -> NumberType.U16;
            case 31 -> NumberType.U32;
            case 32 -> NumberType.I32;
            case 64 -> NumberType.F32;
            case 65 -> NumberType.F64;
            default -> throw new UnusableImageException(file, "holds numbers of GIPL type " + code);
        };
    }

    static void write(LabelMap labelMap, Path file) throws IOException {
        boolean small = LabelNumbers.fitBytes(labelMap.labels());
        Grid grid = labelMap.grid();
        Spacing spacing = grid.spacing();
        ByteBuffer header = ByteBuffer.allocate(HEADER);
        header.putShort((short) grid.shape().columns())
                .putShort((short) grid.shape().rows());
        header.putShort((short) grid.shape().slices()).putShort((short) 1).putShort((short) (small ? 8 : 16));
        header.putFloat((float) spacing.column())
                .putFloat((float) spacing.row())
                .putFloat((float) spacing.slice());
        header.putDouble(204, grid.origin().x())
                .putDouble(212, grid.origin().y())
                .putDouble(220, grid.origin().z());
        header.putInt(252, MAGIC);
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file))) {
            out.write(header.array());
            for (short label : labelMap.labels()) {
                if (!small) {
                    out.write(label >> 8);
                }
                out.write(label);
            }
        }
    }
}
