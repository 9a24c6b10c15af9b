package org.segnode.pacs;

import java.net.InetAddress;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * Who may open an association.
 *
 * @param allowed empty: everybody
 */
public record Callers(List<Caller> allowed) {
    public static final Callers ANYONE = new Callers(List.of());

    public Callers {
        allowed = List.copyOf(allowed);
    }

    /** Whether anybody who calls from there may do anything. */
    boolean admit(InetAddress host) {
        return allowed.isEmpty() || allowed.stream().anyMatch(caller -> caller.callsFrom(host));
    }

    /** What all entries for this peer allow together; nothing: it is a stranger. */
    Set<Caller.Permission> permissions(String callingAet, InetAddress host) {
        if (allowed.isEmpty()) {
            return Caller.EVERYTHING;
        }
        Set<Caller.Permission> permissions = EnumSet.noneOf(Caller.Permission.class);
        allowed.stream()
                .filter(caller -> caller.isCalled(callingAet) && caller.callsFrom(host))
                .forEach(caller -> permissions.addAll(caller.may()));
        return permissions;
    }
}
