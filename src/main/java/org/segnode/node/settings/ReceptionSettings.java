package org.segnode.node.settings;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.segnode.pacs.Caller;
import org.segnode.pacs.ConnectionLimits;
import org.segnode.pacs.Network;
import org.segnode.pacs.ScpTimeouts;

/**
 * What is let in and when a series counts as complete.
 *
 * @param quietTime without a new object, after the association ended, before a series is closed
 * @param callers who may call, from where and what for; empty: everyone
 * @param limits connections and associations at the same time, and the largest PDU
 * @param timeouts how long peers may keep the node waiting
 * @param oldestJob nothing more is taken in while a job waits longer than this for a worker
 * @param nonImages whether objects that are not images are kept; else refused at negotiation
 */
public record ReceptionSettings(
        Duration quietTime,
        List<Caller> callers,
        ConnectionLimits limits,
        ScpTimeouts timeouts,
        Duration oldestJob,
        boolean nonImages) {
    private static final Duration STOP = Duration.ofSeconds(3);
    private static final Map<String, Boolean> NON_IMAGES = Map.of("keep", true, "refuse", false);

    public ReceptionSettings {
        callers = List.copyOf(callers);
    }

    static ReceptionSettings read(Section in) {
        ReceptionSettings read = new ReceptionSettings(
                in.duration("quiet-time", Duration.ofSeconds(30), Duration.ofMillis(100)),
                callers(in),
                limits(in),
                timeouts(in),
                in.duration("oldest-job", Duration.ofDays(1), Duration.ofSeconds(1)),
                in.value("non-images", true, ReceptionSettings::nonImages));
        in.finish();
        return read;
    }

    /** A list of AE titles, or of sections that say more. */
    private static List<Caller> callers(Section in) {
        return in.hasSections("callers")
                ? in.sections("callers").stream().map(ReceptionSettings::caller).toList()
                : in.values("callers", List.of(), text -> Caller.named(Section.aeTitle(text)));
    }

    private static Caller caller(Section in) {
        Optional<String> aet = in.value("aet", Optional.empty(), text -> Optional.of(Section.aeTitle(text)));
        List<Network> from = in.values("from", List.of(), Network::parse);
        List<Caller.Permission> may = in.values("may", List.copyOf(Caller.EVERYTHING), ReceptionSettings::permission);
        if (aet.isEmpty() && !in.has("from")) {
            in.complain("needs aet or from");
        }
        in.finish();
        return new Caller(aet, from, may.isEmpty() ? Caller.EVERYTHING : Set.copyOf(may));
    }

    private static Caller.Permission permission(String text) {
        return switch (text) {
            case "store" -> Caller.Permission.STORE;
            case "echo" -> Caller.Permission.ECHO;
            default -> throw new IllegalArgumentException("must be store or echo, is \"" + text + "\"");
        };
    }

    private static ConnectionLimits limits(Section in) {
        ConnectionLimits fallback = ConnectionLimits.DEFAULT;
        int connections = in.number("connections", fallback.total(), 1, 10_000);
        int perHost = in.number("connections-per-host", fallback.perHost(), 1, 10_000);
        int associations = in.number("associations", fallback.associations(), 1, 1000);
        int associationsPerHost = in.number("associations-per-host", fallback.associationsPerHost(), 1, 1000);
        int pdu = in.number(
                "max-pdu",
                fallback.maxPduBytes(),
                ConnectionLimits.SHORTEST_PDU_BYTES,
                ConnectionLimits.LONGEST_PDU_BYTES);
        try {
            return new ConnectionLimits(connections, perHost, associations, associationsPerHost, pdu);
        } catch (IllegalArgumentException e) {
            in.complain("does not fit together: " + e.getMessage());
            return fallback;
        }
    }

    private static ScpTimeouts timeouts(Section in) {
        ScpTimeouts fallback = ScpTimeouts.DEFAULT;
        Duration least = Duration.ofSeconds(1);
        return new ScpTimeouts(
                in.duration("association-timeout", fallback.association(), least),
                in.duration("idle-timeout", fallback.idle(), least),
                in.duration("stall-timeout", fallback.stall(), least),
                STOP);
    }

    private static boolean nonImages(String text) {
        return Optional.ofNullable(NON_IMAGES.get(text))
                .orElseThrow(() -> new IllegalArgumentException("must be keep or refuse, is \"" + text + "\""));
    }
}
