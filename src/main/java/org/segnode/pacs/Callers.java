package org.segnode.pacs;

import java.util.Set;

/**
 * Who may open an association.
 *
 * @param aets calling AE titles; empty: all
 * @param hosts names or addresses; empty: all
 */
public record Callers(Set<String> aets, Set<String> hosts) {
    public static final Callers ANYONE = new Callers(Set.of(), Set.of());

    public Callers {
        aets = Set.copyOf(aets);
        hosts = Set.copyOf(hosts);
        aets.forEach(aet -> AeTitle.require("allowed calling AE title", aet));
    }
}
