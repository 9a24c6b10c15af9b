package org.segnode.node.web;

import java.util.Map;

/** Tells whether the node can take in, compute and send: each part with {@code ok} or what is wrong with it. */
@FunctionalInterface
public interface Readiness {
    String OK = "ok";

    /** Parts in the order they are shown. */
    Map<String, String> parts();

    default boolean ready() {
        return parts().values().stream().allMatch(OK::equals);
    }
}
