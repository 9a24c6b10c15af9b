package org.segnode.inference;

import java.util.Optional;
import org.segnode.preprocess.Probabilities;

/**
 * Mean of several models' probabilities: summed in order in single precision, divided once. The non-linearity was applied by
 * each model; it is not applied again.
 */
public final class ProbabilityMean {
    private Optional<Probabilities> sum = Optional.empty();
    private int members;

    /**
     * @param source where they come from, for the message
     * @param probabilities handed over
     * @return their smallest, mean and largest value
     * @throws IllegalArgumentException if a value is not in [0, 1], or shape or number of heads differ from the first
     */
    public Probabilities.Range add(String source, Probabilities probabilities) {
        probabilities.requireValid(source);
        Probabilities.Range range = probabilities.range();
        members++;
        if (sum.isEmpty()) {
            sum = Optional.of(probabilities);
            return range;
        }
        float[][] total = sum.get().heads();
        float[][] more = probabilities.heads();
        if (total.length != more.length || !sum.get().shape().equals(probabilities.shape())) {
            throw new IllegalArgumentException("the probabilities of " + source + " have " + more.length
                    + " heads of shape " + probabilities.shape() + ", the others " + total.length + " of shape "
                    + sum.get().shape());
        }
        for (int head = 0; head < total.length; head++) {
            for (int i = 0; i < total[head].length; i++) {
                total[head][i] += more[head][i];
            }
        }
        return range;
    }

    /** @throws IllegalStateException if nothing was added */
    public Probabilities mean() {
        Probabilities total = sum.orElseThrow(() -> new IllegalStateException("no probabilities were added"));
        for (float[] head : total.heads()) {
            for (int i = 0; i < head.length; i++) {
                head[i] /= members;
            }
        }
        sum = Optional.empty();
        return total;
    }
}
