package org.segnode.node.settings;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/**
 * Reception over HTTP (STOW-RS, PS3.18 10.5).
 *
 * @param port TCP port, 0 takes a free one; none: there is no such reception
 * @param bind address to listen on
 * @param tls whether connections are encrypted, with what section {@code tls} says
 * @param callers AE titles by their bearer token; empty: no token is asked for
 * @param aet AE title of callers without a token, for rules and the ledger
 * @param largestBytes of one object
 * @param requests at the same time; more are answered with 503
 */
public record StowSettings(
        OptionalInt port,
        String bind,
        boolean tls,
        Map<String, String> callers,
        String aet,
        long largestBytes,
        int requests) {
    private static final int SHORTEST_TOKEN = 16;

    public StowSettings {
        callers = Map.copyOf(callers);
    }

    static StowSettings read(Section in) {
        OptionalInt port = in.has("port") ? OptionalInt.of(in.number("port", 0, 0, 65535)) : OptionalInt.empty();
        StowSettings read = new StowSettings(
                port,
                in.text("bind", "127.0.0.1"),
                in.flag("tls", false),
                callers(in.sections("callers")),
                in.aeTitle("aet", "STOW"),
                in.bytes("largest-object", 2_000_000_000L),
                in.number("requests", 4, 1, 100));
        in.finish();
        return read;
    }

    /** Complains of a door that would stand open to strangers. */
    void complainUnlessSafe(Complaints complaints, TlsSettings encryption) {
        boolean certificates = tls
                && encryption
                        .configuration()
                        .filter(c -> c.clientCertificates())
                        .isPresent();
        if (tls && encryption.configuration().isEmpty()) {
            complaints.add("stow", "tls needs key-store and trust-store in section tls");
        } else if (port.isPresent() && callers.isEmpty() && !certificates && !isLoopback()) {
            complaints.add("stow", "beyond loopback it needs callers with tokens, or tls with client certificates");
        }
    }

    private boolean isLoopback() {
        try {
            return InetAddress.getByName(bind).isLoopbackAddress();
        } catch (UnknownHostException e) {
            return false;
        }
    }

    private static Map<String, String> callers(List<Section> sections) {
        Map<String, String> callers = new HashMap<>();
        for (Section in : sections) {
            in.required("aet");
            in.required("token");
            String token = in.text("token", "");
            if (token.length() < SHORTEST_TOKEN) {
                in.complain("needs a token of at least " + SHORTEST_TOKEN + " characters, has " + token.length());
            }
            callers.put(token, in.aeTitle("aet", "UNKNOWN"));
            in.finish();
        }
        return callers;
    }

    /** Without the tokens. */
    @Override
    public String toString() {
        return "StowSettings[" + bind + " " + port + ", callers " + callers.values() + "]";
    }
}
