package org.segnode.preprocess;

import org.segnode.plan.Configuration;
import org.segnode.volume.Spacing;

/** The spacing a case has on the network's grid. */
final class Spacings {
    private Spacings() {}

    /** @param original of the case with its axes permuted; a 2d configuration keeps its distance between slices */
    static Spacing ofConfiguration(Configuration configuration, Spacing original) {
        double[] planned = configuration.spacingArray();
        return planned.length == 3 ? Spacing.of(planned) : new Spacing(original.slice(), planned[0], planned[1]);
    }
}
