package org.segnode.preprocess;

import org.segnode.volume.Halfs;

/** An array of voxels in one of the precisions that occur, read and written in double precision. */
interface Voxels {
    /** Reads {@code count} voxels, {@code stride} apart, to the beginning of the target. */
    void load(int from, int stride, double[] target, int count);

    /** Writes the first {@code count} numbers, {@code stride} apart, rounded to the array's precision; they are used up. */
    void store(double[] source, int to, int stride, int count);

    static Voxels of(float[] array) {
        return new Voxels() {
            @Override
            public void load(int from, int stride, double[] target, int count) {
                if (stride == 1) { // a loop of its own can use vector instructions
                    for (int i = 0; i < count; i++) {
                        target[i] = array[from + i];
                    }
                    return;
                }
                for (int i = 0; i < count; i++) {
                    target[i] = array[from + i * stride];
                }
            }

            @Override
            public void store(double[] source, int to, int stride, int count) {
                if (stride == 1) {
                    for (int i = 0; i < count; i++) {
                        array[to + i] = (float) source[i];
                    }
                    return;
                }
                for (int i = 0; i < count; i++) {
                    array[to + i * stride] = (float) source[i];
                }
            }
        };
    }

    /** @param array bits of half-precision numbers */
    static Voxels ofHalfs(short[] array) {
        return new Voxels() {
            @Override
            public void load(int from, int stride, double[] target, int count) {
                for (int i = 0; i < count; i++) {
                    target[i] = Halfs.toFloat(array[from + i * stride]);
                }
            }

            @Override
            public void store(double[] source, int to, int stride, int count) {
                for (int i = 0; i < count; i++) {
                    array[to + i * stride] = Halfs.ofDouble(source[i]);
                }
            }
        };
    }

    /** Single-precision numbers that are rounded to half precision when they are written. */
    static Voxels roundedToHalf(float[] array) {
        Voxels plain = of(array);
        return new Voxels() {
            @Override
            public void load(int from, int stride, double[] target, int count) {
                plain.load(from, stride, target, count);
            }

            @Override
            public void store(double[] source, int to, int stride, int count) {
                Halfs.round(source, count);
                plain.store(source, to, stride, count);
            }
        };
    }

    static Voxels of(double[] array) {
        return new Voxels() {
            @Override
            public void load(int from, int stride, double[] target, int count) {
                for (int i = 0; i < count; i++) {
                    target[i] = array[from + i * stride];
                }
            }

            @Override
            public void store(double[] source, int to, int stride, int count) {
                for (int i = 0; i < count; i++) {
                    array[to + i * stride] = source[i];
                }
            }
        };
    }
}
