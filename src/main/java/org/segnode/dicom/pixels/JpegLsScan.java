package org.segnode.dicom.pixels;

import java.io.IOException;
import java.util.Arrays;

/** Decodes the samples of a JPEG-LS scan (T.87 Annex A). Names in capitals are those of the standard. */
final class JpegLsScan {
    private static final int CONTEXTS = 365;
    private static final int[] RUN_LENGTH_BITS = {
        0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 5, 5, 6, 6, 7, 7, 8, 9, 10, 11, 12, 13, 14, 15
    };

    private final JpegLsParameters p;
    private final JpegLsBits in;

    /** Sum of error sizes (A), of errors (B), correction (C) and count (N); the last two contexts end runs. */
    private final int[] sizes = new int[CONTEXTS + 2];

    private final int[] sums = new int[CONTEXTS];
    private final int[] corrections = new int[CONTEXTS];
    private final int[] counts = new int[CONTEXTS + 2];
    private final int[] negatives = new int[2];
    private int runIndex;

    JpegLsScan(JpegLsParameters parameters, JpegLsBits in) {
        this.p = parameters;
        this.in = in;
        Arrays.fill(sizes, Math.max(2, (p.range() + 32) / 64));
        Arrays.fill(counts, 1);
    }

    /** Lines are held with one sample more at both ends, for the neighbours of the first and the last. */
    void decode(int columns, int[] samples) throws IOException {
        int[] above = new int[columns + 2];
        int[] line = new int[columns + 2];
        for (int start = 0; start < samples.length; start += columns) {
            line[0] = above[1];
            above[columns + 1] = above[columns];
            line(line, above, columns);
            System.arraycopy(line, 1, samples, start, columns);
            int[] next = above;
            above = line;
            line = next;
        }
    }

    private void line(int[] line, int[] above, int columns) throws IOException {
        int x = 1;
        while (x <= columns) {
            int left = line[x - 1];
            int q1 = p.quantized(above[x + 1] - above[x]);
            int q2 = p.quantized(above[x] - above[x - 1]);
            int q3 = p.quantized(above[x - 1] - left);
            if (q1 != 0 || q2 != 0 || q3 != 0) {
                line[x] = regular(81 * q1 + 9 * q2 + q3, predicted(left, above[x], above[x - 1]));
                x++;
            } else {
                x = run(line, above, x, columns);
            }
        }
    }

    private static int predicted(int left, int up, int corner) {
        if (corner >= Math.max(left, up)) {
            return Math.min(left, up);
        }
        return corner <= Math.min(left, up) ? Math.max(left, up) : left + up - corner;
    }

    private int regular(int signedContext, int predicted) throws IOException {
        int q = Math.abs(signedContext);
        int sign = signedContext < 0 ? -1 : 1;
        int prediction = Math.max(0, Math.min(p.highest(), predicted + sign * corrections[q]));
        int k = golombParameter(counts[q], sizes[q]);
        int mapped = in.golomb(k, p.limit(), p.quantizedBits());
        boolean swapped = p.near() == 0 && k == 0 && 2 * sums[q] <= -counts[q];
        int error = swapped ? unmappedSwapped(mapped) : unmapped(mapped);
        update(q, error);
        return p.sample(prediction, sign * error);
    }

    private static int unmapped(int mapped) {
        return (mapped & 1) == 0 ? mapped / 2 : -(mapped + 1) / 2;
    }

    private static int unmappedSwapped(int mapped) {
        return (mapped & 1) == 0 ? -mapped / 2 - 1 : (mapped - 1) / 2;
    }

    private static int golombParameter(int count, int size) {
        int k = 0;
        while (k < 31 && (long) count << k < size) {
            k++;
        }
        return k;
    }

    private void update(int q, int error) {
        sums[q] += error * (2 * p.near() + 1);
        sizes[q] += Math.abs(error);
        if (counts[q] == p.reset()) {
            sizes[q] >>= 1;
            sums[q] >>= 1;
            counts[q] >>= 1;
        }
        counts[q]++;
        if (sums[q] <= -counts[q]) {
            sums[q] = Math.max(sums[q] + counts[q], 1 - counts[q]);
            corrections[q] = Math.max(-128, corrections[q] - 1);
        } else if (sums[q] > 0) {
            sums[q] = Math.min(sums[q] - counts[q], 0);
            corrections[q] = Math.min(127, corrections[q] + 1);
        }
    }

    /** Repeats the left sample, then reads the one that ends the run; returns the place after it. */
    private int run(int[] line, int[] above, int start, int columns) throws IOException {
        int left = line[start - 1];
        int x = start;
        while (in.bit() == 1) {
            int whole = 1 << RUN_LENGTH_BITS[runIndex];
            int length = Math.min(whole, columns + 1 - x);
            Arrays.fill(line, x, x + length, left);
            x += length;
            if (length == whole && runIndex < 31) {
                runIndex++;
            }
            if (x > columns) {
                return x;
            }
        }
        int rest = in.bits(RUN_LENGTH_BITS[runIndex]);
        if (rest > columns - x) {
            throw new IOException("a JPEG-LS run goes beyond the end of its line");
        }
        Arrays.fill(line, x, x + rest, left);
        x += rest;
        line[x] = endOfRun(left, above[x]);
        runIndex = Math.max(0, runIndex - 1);
        return x + 1;
    }

    private int endOfRun(int left, int up) throws IOException {
        int type = Math.abs(left - up) <= p.near() ? 1 : 0;
        int q = CONTEXTS + type;
        int k = golombParameter(counts[q], sizes[q] + (type == 1 ? counts[q] >> 1 : 0));
        int mapped = in.golomb(k, p.limit() - RUN_LENGTH_BITS[runIndex] - 1, p.quantizedBits());
        int size = (mapped + type + 1) / 2;
        boolean odd = (mapped + type & 1) == 1;
        boolean likelyNegative = k != 0 || 2 * negatives[type] >= counts[q];
        int error = likelyNegative == odd ? -size : size;
        if (error < 0) {
            negatives[type]++;
        }
        sizes[q] += (mapped + 1 - type) >> 1;
        if (counts[q] == p.reset()) {
            sizes[q] >>= 1;
            counts[q] >>= 1;
            negatives[type] >>= 1;
        }
        counts[q]++;
        int sign = type == 0 && left > up ? -1 : 1;
        return p.sample(type == 1 ? left : up, sign * error);
    }
}
