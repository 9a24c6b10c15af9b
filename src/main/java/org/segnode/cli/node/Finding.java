package org.segnode.cli.node;

import org.segnode.cli.terminal.Reason;

/**
 * One line of {@code segnode check}.
 *
 * @param subject what was looked at, for example {@code destination PACS}
 * @param ok whether the node can work with it
 * @param detail what was found, or what is wrong
 */
record Finding(String subject, boolean ok, String detail) {
    static Finding ok(String subject, String detail) {
        return new Finding(subject, true, detail);
    }

    static Finding wrong(String subject, Throwable failure) {
        return new Finding(subject, false, Reason.of(failure));
    }

    static Finding wrong(String subject, String reason) {
        return new Finding(subject, false, reason);
    }

    @Override
    public String toString() {
        return String.format("%-5s %-24s %s", ok ? "ok" : "WRONG", subject, detail);
    }
}
