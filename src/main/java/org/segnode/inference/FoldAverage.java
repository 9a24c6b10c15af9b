package org.segnode.inference;

import org.jspecify.annotations.Nullable;
import org.segnode.volume.Halfs;

/** Mean of the folds' logits, summed in order and divided once; each sum is rounded to half precision, as nnU-Net does. */
final class FoldAverage {
    private short @Nullable [][] halfs;
    private float @Nullable [][] floats;
    private int folds;

    /** @param logits one array per head; handed over */
    void add(short[][] logits) {
        folds++;
        if (halfs == null) {
            halfs = logits;
            return;
        }
        for (int head = 0; head < logits.length; head++) {
            for (int i = 0; i < logits[head].length; i++) {
                halfs[head][i] = Halfs.ofFloat(Halfs.toFloat(halfs[head][i]) + Halfs.toFloat(logits[head][i]));
            }
            logits[head] = new short[0];
        }
    }

    /** @param logits one array per head; handed over */
    void add(float[][] logits) {
        folds++;
        if (floats == null) {
            floats = logits;
            return;
        }
        for (int head = 0; head < logits.length; head++) {
            for (int i = 0; i < logits[head].length; i++) {
                floats[head][i] += logits[head][i];
            }
            logits[head] = new float[0];
        }
    }

    /** @throws IllegalStateException if nothing was added in half precision */
    short[][] halfMean() {
        if (halfs == null) {
            throw new IllegalStateException("no fold was added");
        }
        for (int head = 0; folds > 1 && head < halfs.length; head++) {
            for (int i = 0; i < halfs[head].length; i++) {
                halfs[head][i] = Halfs.ofFloat(Halfs.toFloat(halfs[head][i]) / folds);
            }
        }
        return halfs;
    }

    /** @throws IllegalStateException if nothing was added in single precision */
    float[][] floatMean() {
        if (floats == null) {
            throw new IllegalStateException("no fold was added");
        }
        for (int head = 0; folds > 1 && head < floats.length; head++) {
            for (int i = 0; i < floats[head].length; i++) {
                floats[head][i] /= folds;
            }
        }
        return floats;
    }
}
