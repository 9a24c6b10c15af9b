package org.segnode.pacs;

import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A peer that may open associations, and what for.
 *
 * @param aet its calling AE title; none: any
 * @param from where it calls from; empty: anywhere
 * @param may at least one
 */
public record Caller(Optional<String> aet, List<Network> from, Set<Permission> may) {
    /** What a peer is allowed to ask for. */
    public enum Permission {
        /** C-STORE. */
        STORE,
        /** C-ECHO. */
        ECHO
    }

    public static final Set<Permission> EVERYTHING = Set.of(Permission.values());

    public Caller {
        aet.ifPresent(title -> AeTitle.require("allowed calling AE title", title));
        from = List.copyOf(from);
        may = Set.copyOf(may);
        if (may.isEmpty()) {
            throw new IllegalArgumentException("a caller may do something: " + EVERYTHING);
        }
    }

    /** From anywhere, everything. */
    public static Caller named(String aet) {
        return new Caller(Optional.of(aet), List.of(), EVERYTHING);
    }

    boolean callsFrom(InetAddress host) {
        return from.isEmpty() || from.stream().anyMatch(network -> network.contains(host));
    }

    boolean isCalled(String callingAet) {
        return aet.isEmpty() || aet.get().equals(callingAet);
    }
}
