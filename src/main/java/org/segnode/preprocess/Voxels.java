package org.segnode.preprocess;

import org.segnode.volume.Halfs;

/** An array of voxels in one of the precisions that occur, read and written in double precision. */
interface Voxels {
    /** Reads {@code count} voxels, {@code stride} apart. */
    void load(int from, int stride, double[] target, int at, int count);

    /** Writes {@code count} voxels, {@code stride} apart, rounded to the array's precision. */
    void store(double[] source, int at, int to, int stride, int count);

    static Voxels of(float[] array) {
        return new Voxels() {
            @Override
            public void load(int from, int stride, double[] target, int at, int count) {
                for (int i = 0; i < count; i++) {
                    target[at + i] = array[from + i * stride];
                }
            }

            @Override
            public void store(double[] source, int at, int to, int stride, int count) {
                for (int i = 0; i < count; i++) {
                    array[to + i * stride] = (float) source[at + i];
                }
            }
        };
    }

    /** @param array bits of half-precision numbers */
    static Voxels ofHalfs(short[] array) {
        return new Voxels() {
            @Override
            public void load(int from, int stride, double[] target, int at, int count) {
                for (int i = 0; i < count; i++) {
                    target[at + i] = Halfs.toFloat(array[from + i * stride]);
                }
            }

            @Override
            public void store(double[] source, int at, int to, int stride, int count) {
                for (int i = 0; i < count; i++) {
                    array[to + i * stride] = Halfs.ofDouble(source[at + i]);
                }
            }
        };
    }

    /** Single-precision numbers that are rounded to half precision when they are written. */
    static Voxels roundedToHalf(float[] array) {
        Voxels plain = of(array);
        return new Voxels() {
            @Override
            public void load(int from, int stride, double[] target, int at, int count) {
                plain.load(from, stride, target, at, count);
            }

            @Override
            public void store(double[] source, int at, int to, int stride, int count) {
                for (int i = 0; i < count; i++) {
                    array[to + i * stride] = Halfs.rounded(source[at + i]);
                }
            }
        };
    }

    static Voxels of(double[] array) {
        return new Voxels() {
            @Override
            public void load(int from, int stride, double[] target, int at, int count) {
                for (int i = 0; i < count; i++) {
                    target[at + i] = array[from + i * stride];
                }
            }

            @Override
            public void store(double[] source, int at, int to, int stride, int count) {
                for (int i = 0; i < count; i++) {
                    array[to + i * stride] = source[at + i];
                }
            }
        };
    }
}
