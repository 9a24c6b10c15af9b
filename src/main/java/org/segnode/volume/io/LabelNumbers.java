package org.segnode.volume.io;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import org.segnode.volume.LabelMap;
import org.segnode.volume.Volume;

/** Labels as numbers of a file: 8 bits if the largest is below 255, else 16, as nnU-Net writes them. */
final class LabelNumbers {
    private static final int PIECE = 1 << 15;

    private LabelNumbers() {}

    static boolean fitBytes(short[] labels) {
        int largest = 0;
        for (short label : labels) {
            largest = Math.max(largest, label);
        }
        return largest < 255;
    }

    /** @param small 8 bits each, else 16, little-endian */
    static void write(short[] labels, boolean small, OutputStream out) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(2 * PIECE).order(ByteOrder.LITTLE_ENDIAN);
        for (int at = 0; at < labels.length; at += PIECE) {
            int count = Math.min(PIECE, labels.length - at);
            if (small) {
                for (int i = 0; i < count; i++) {
                    buffer.put(i, (byte) labels[at + i]);
                }
            } else {
                buffer.asShortBuffer().put(labels, at, count);
            }
            out.write(buffer.array(), 0, small ? count : 2 * count);
        }
    }

    /** @throws UnusableImageException if there are several channels or a value is no label */
    static LabelMap labels(Path file, Volume volume) throws UnusableImageException {
        if (volume.channels().size() != 1) {
            throw new UnusableImageException(
                    file, "has " + volume.channels().size() + " channels; a label file has one");
        }
        float[] values = volume.channels().get(0);
        short[] labels = new short[values.length];
        for (int i = 0; i < values.length; i++) {
            labels[i] = (short) values[i];
            if (labels[i] != values[i] || labels[i] < 0) {
                throw new UnusableImageException(
                        file, "holds the value " + values[i] + "; labels are whole numbers from 0 to 32767");
            }
        }
        return new LabelMap(volume.grid(), labels);
    }
}
