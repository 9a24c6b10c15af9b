package org.segnode.volume.io;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;

/** Reads voxels from a stream piece by piece, in the number type and byte order of the file. */
final class VoxelReader {
    private static final int PIECE = 1 << 16;

    private final Path file;
    private final InputStream in;
    private final NumberType type;
    private final byte[] bytes = new byte[PIECE];
    private final ByteBuffer buffer;
    private double slope = 1;
    private double intercept;
    private long read;

    VoxelReader(Path file, InputStream in, NumberType type, ByteOrder order) {
        this.file = file;
        this.in = in;
        this.type = type;
        this.buffer = ByteBuffer.wrap(bytes).order(order);
    }

    /** Every value is multiplied by the slope, then the intercept is added, in double precision. */
    void rescale(double slope, double intercept) {
        this.slope = slope;
        this.intercept = intercept;
    }

    /** @throws UnusableImageException if the file ends before */
    float[] read(int count) throws IOException {
        float[] voxels = new float[count];
        int most = PIECE / type.bytes();
        for (int at = 0; at < count; at += most) {
            int piece = Math.min(most, count - at);
            fill(piece);
            if (slope == 1 && intercept == 0) {
                type.decode(buffer.position(0), voxels, at, piece);
            } else {
                for (int i = 0; i < piece; i++) {
                    voxels[at + i] = (float) (type.number(buffer, i * type.bytes()) * slope + intercept);
                }
            }
            read += piece;
        }
        return voxels;
    }

    private void fill(int count) throws IOException {
        int wanted = count * type.bytes();
        int got;
        try {
            got = in.readNBytes(bytes, 0, wanted);
        } catch (EOFException cut) {
            got = 0;
        }
        if (got < wanted) {
            throw new UnusableImageException(
                    file, "is cut short: it ends after " + (read + got / type.bytes()) + " voxels");
        }
    }
}
