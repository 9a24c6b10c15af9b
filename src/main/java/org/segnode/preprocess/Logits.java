package org.segnode.preprocess;

import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;
import org.segnode.volume.Halfs;
import org.segnode.volume.Shape;

/**
 * What the network says before its non-linearity, one array per head ordered slice, row, column of a grid. Kept in half
 * precision, as nnU-Net does, or in single precision. The arrays are handed over, not copied.
 */
public final class Logits {
    private final Shape shape;
    private final int heads;
    private final @Nullable IntFunction<short[]> halfs;
    private final float[][] floats;

    private Logits(Shape shape, int heads, @Nullable IntFunction<short[]> halfs, float[][] floats) {
        this.shape = shape;
        this.heads = heads;
        this.halfs = halfs;
        this.floats = floats;
    }

    /** @param halfs [head][voxel], bits of half-precision numbers */
    public static Logits ofHalfs(Shape shape, short[][] halfs) {
        Heads.requireLengths(shape, halfs.length, head -> halfs[head].length);
        return new Logits(shape, halfs.length, head -> halfs[head], new float[0][]);
    }

    /**
     * Heads that do not all have to be in memory.
     *
     * @param halfs gives the bits of a head, from 0; asked repeatedly for the same one
     */
    public static Logits ofHalfs(Shape shape, int heads, IntFunction<short[]> halfs) {
        return new Logits(shape, heads, halfs, new float[0][]);
    }

    /** @param floats [head][voxel] */
    public static Logits ofFloats(Shape shape, float[][] floats) {
        Heads.requireLengths(shape, floats.length, head -> floats[head].length);
        return new Logits(shape, floats.length, null, floats);
    }

    public Shape shape() {
        return shape;
    }

    /** Number of heads, at least 1. */
    public int heads() {
        return heads;
    }

    /** Whether the numbers are kept, and have to be kept after resampling, in half precision. */
    public boolean isHalf() {
        return halfs != null;
    }

    public float value(int head, int voxel) {
        return halfs == null ? floats[head][voxel] : Halfs.toFloat(halfs.apply(head)[voxel]);
    }

    /** Bits of one head. @throws IllegalStateException if the logits are kept in single precision */
    public short[] halfs(int head) {
        if (halfs == null) {
            throw new IllegalStateException("these logits are kept in single precision");
        }
        return halfs.apply(head);
    }

    /** One head. @throws IllegalStateException if the logits are kept in half precision */
    public float[] floats(int head) {
        if (isHalf()) {
            throw new IllegalStateException("these logits are kept in half precision");
        }
        return floats[head];
    }
}
