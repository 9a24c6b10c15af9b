package org.segnode.inference;

import org.jspecify.annotations.Nullable;
import org.segnode.volume.Halfs;

/** Mean of the folds' logits in half precision: summed in order, divided once. */
final class FoldAverage {
    private short @Nullable [][] sum;
    private int folds;

    /** @param logits one array per head; handed over */
    void add(short[][] logits) {
        folds++;
        if (sum == null) {
            sum = logits;
            return;
        }
        for (int head = 0; head < logits.length; head++) {
            for (int i = 0; i < logits[head].length; i++) {
                sum[head][i] = Halfs.ofFloat(Halfs.toFloat(sum[head][i]) + Halfs.toFloat(logits[head][i]));
            }
            logits[head] = new short[0];
        }
    }

    /** @throws IllegalStateException if nothing was added */
    short[][] mean() {
        if (sum == null) {
            throw new IllegalStateException("no fold was added");
        }
        if (folds > 1) {
            for (short[] head : sum) {
                for (int i = 0; i < head.length; i++) {
                    head[i] = Halfs.ofFloat(Halfs.toFloat(head[i]) / folds);
                }
            }
        }
        return sum;
    }
}
