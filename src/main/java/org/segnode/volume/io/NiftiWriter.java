package org.segnode.volume.io;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.zip.GZIPOutputStream;
import org.segnode.volume.Grid;
import org.segnode.volume.LabelMap;
import org.segnode.volume.Position;
import org.segnode.volume.Spacing;
import org.segnode.volume.Volume;

/** Writes NIfTI-1: label maps as 8 bits if all labels are below 255, else 16; volumes in single precision. */
final class NiftiWriter {
    private static final int OFFSET = 352;
    private static final int PIECE = 1 << 16;

    private final Grid grid;
    private final boolean flat;

    private NiftiWriter(Grid grid) {
        this.grid = grid;
        this.flat = ImageFile.isFlat(grid);
    }

    static void write(LabelMap labelMap, Path file) throws IOException {
        short[] labels = labelMap.labels();
        boolean small = LabelNumbers.fitBytes(labels);
        NiftiWriter writer = new NiftiWriter(labelMap.grid());
        try (OutputStream out = open(file)) {
            out.write(writer.header(small ? 2 : 512, small ? 8 : 16, 1));
            LabelNumbers.write(labels, small, out);
        }
    }

    static void write(Volume volume, Path file) throws IOException {
        NiftiWriter writer = new NiftiWriter(volume.grid());
        try (OutputStream out = open(file)) {
            out.write(writer.header(16, 32, volume.channels().size()));
            ByteBuffer buffer = ByteBuffer.allocate(PIECE).order(ByteOrder.LITTLE_ENDIAN);
            for (float[] channel : volume.channels()) {
                for (int at = 0; at < channel.length; at += PIECE / 4) {
                    int count = Math.min(PIECE / 4, channel.length - at);
                    buffer.asFloatBuffer().put(channel, at, count);
                    out.write(buffer.array(), 0, 4 * count);
                }
            }
        }
    }

    private byte[] header(int type, int bits, int channels) {
        ByteBuffer header = ByteBuffer.allocate(OFFSET).order(ByteOrder.LITTLE_ENDIAN);
        header.putInt(0, NiftiHeader.SIZE_1);
        header.put(38, (byte) 'r');
        putLengths(header, channels);
        header.putShort(70, (short) type).putShort(72, (short) bits);
        header.putFloat(108, OFFSET).putFloat(112, 1);
        header.put(123, (byte) 2); // mm
        header.put(148, "segnode".getBytes(StandardCharsets.US_ASCII));
        putAffines(header);
        header.put(344, new byte[] {'n', '+', '1', 0});
        return header.array();
    }

    private void putLengths(ByteBuffer header, int channels) {
        int dimensions = channels > 1 ? 4 : flat ? 2 : 3;
        int[] lengths = {
            dimensions,
            grid.shape().columns(),
            grid.shape().rows(),
            grid.shape().slices(),
            channels,
            1,
            1,
            1
        };
        for (int i = 0; i < 8; i++) {
            if (lengths[i] > Short.MAX_VALUE) {
                throw new IllegalArgumentException("NIfTI-1 has at most 32767 voxels along an axis, not " + lengths[i]);
            }
            header.putShort(40 + 2 * i, (short) lengths[i]);
        }
    }

    private void putAffines(ByteBuffer header) {
        Spacing spacing = grid.spacing();
        Position[] steps = {grid.columnStep(), grid.rowStep(), grid.sliceStep()};
        double[] lengths = {spacing.column(), spacing.row(), spacing.slice()};
        double[][] rotation = new double[3][3];
        for (int axis = 0; axis < 3; axis++) {
            double[] step = {-steps[axis].x(), -steps[axis].y(), steps[axis].z()};
            for (int row = 0; row < 3; row++) {
                rotation[row][axis] = step[row] / steps[axis].length();
                header.putFloat(280 + 16 * row + 4 * axis, (float) step[row]);
            }
            header.putFloat(80 + 4 * axis, (float) lengths[axis]);
        }
        double[] origin = {-grid.origin().x(), -grid.origin().y(), grid.origin().z()};
        for (int row = 0; row < 3; row++) {
            header.putFloat(292 + 16 * row, (float) origin[row]);
            header.putFloat(268 + 4 * row, (float) origin[row]);
        }
        header.putShort(254, (short) 1);
        boolean perpendicular = ImageFile.areOrthogonal(steps);
        header.putShort(252, (short) (perpendicular ? 1 : 0));
        Quaternion quaternion = Quaternion.of(rotation);
        header.putFloat(76, (float) quaternion.handed());
        header.putFloat(256, (float) quaternion.b());
        header.putFloat(260, (float) quaternion.c());
        header.putFloat(264, (float) quaternion.d());
    }

    private static OutputStream open(Path file) throws IOException {
        OutputStream out = new BufferedOutputStream(Files.newOutputStream(file), PIECE);
        boolean zipped = file.toString().toLowerCase(Locale.ROOT).endsWith(".gz");
        return zipped ? new GZIPOutputStream(out, PIECE) : out;
    }
}
