package org.segnode.node.settings;

import org.segnode.pacs.RemoteAe;

/**
 * Where results go.
 *
 * @param name that rules and the ledger call it by
 * @param results in which forms it gets them
 */
public record Destination(String name, RemoteAe ae, ResultProfile results) {
    public Destination {
        if (name.isBlank()) {
            throw new IllegalArgumentException("a destination has a name");
        }
    }

    /** With the usual results. */
    public Destination(String name, RemoteAe ae) {
        this(name, ae, ResultProfile.DEFAULT);
    }

    static Destination read(Section in) {
        String name = in.required("name");
        in.required("aet");
        RemoteAe ae = new RemoteAe(
                in.aeTitle("aet", "UNKNOWN"), in.text("host", "127.0.0.1"), in.number("port", 104, 1, 65535));
        ResultProfile results = ResultProfile.read(in);
        in.finish();
        return new Destination(name, ae, results);
    }
}
