package org.segnode.node;

import java.util.List;
import java.util.Optional;
import org.segnode.node.settings.Crop;

/**
 * A model that is to compute a series because a rule says so.
 *
 * @param destinations names of those that get the result
 */
public record Assignment(String rule, String model, Optional<Crop> crop, List<String> destinations) {
    public Assignment {
        destinations = List.copyOf(destinations);
    }
}
