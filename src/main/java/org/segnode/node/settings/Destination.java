package org.segnode.node.settings;

import org.segnode.pacs.RemoteAe;
import org.segnode.pacs.Tls;

/**
 * Where results go.
 *
 * @param name that rules and the ledger call it by
 * @param results in which forms it gets them
 * @param terms how it is dealt with
 */
public record Destination(String name, RemoteAe ae, ResultProfile results, Terms terms) {
    public Destination {
        if (name.isBlank()) {
            throw new IllegalArgumentException("a destination has a name");
        }
    }

    /** With the usual results, on plain terms. */
    public Destination(String name, RemoteAe ae) {
        this(name, ae, ResultProfile.DEFAULT, Terms.PLAIN);
    }

    /** The same over TLS. */
    public Destination over(Tls encryption) {
        return new Destination(name, ae.over(encryption), results, terms);
    }

    static Destination read(Section in) {
        String name = in.required("name");
        in.required("aet");
        RemoteAe ae = new RemoteAe(
                in.aeTitle("aet", "UNKNOWN"), in.text("host", "127.0.0.1"), in.number("port", 104, 1, 65535));
        ResultProfile results = ResultProfile.read(in);
        Terms terms = Terms.read(in, name);
        in.finish();
        return new Destination(name, ae, results, terms);
    }
}
