package org.segnode.ledger;

import java.util.List;
import java.util.Optional;

/**
 * What is to be computed. There is one job per series, revision, rule and model.
 *
 * @param revision of the series
 * @param rule name of the rule that asks for it
 * @param model id of the model
 * @param crop where the model's surroundings come from another model
 * @param further inputs after the first, which is the job's own series; empty for a model with one
 * @param destinations names of those that get the result; empty: the result stays here
 * @param priority higher goes first; 0 is ordinary
 */
public record NewJob(
        String seriesKey,
        int revision,
        String rule,
        String model,
        Optional<Crop> crop,
        List<JobInput> further,
        List<String> destinations,
        int priority) {
    public NewJob {
        further = List.copyOf(further);
        destinations = List.copyOf(destinations);
        if (revision < 1) {
            throw new IllegalArgumentException("a revision is at least 1, is " + revision);
        }
        requireName("rule", rule);
        requireName("model", model);
        destinations.forEach(destination -> requireName("destination", destination));
    }

    /** With one input. */
    public NewJob(
            String seriesKey,
            int revision,
            String rule,
            String model,
            Optional<Crop> crop,
            List<String> destinations,
            int priority) {
        this(seriesKey, revision, rule, model, crop, List.of(), destinations, priority);
    }

    private static void requireName(String what, String name) {
        if (name.isBlank() || name.length() > 200 || name.contains("\n")) {
            throw new IllegalArgumentException(
                    "a " + what + "'s name is one line of 1 to 200 characters, is \"" + name + "\"");
        }
    }
}
