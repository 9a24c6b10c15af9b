package org.segnode.pacs;

import java.util.Optional;

/**
 * A place where peers can connect.
 *
 * @param bindAddress address of the network interface
 * @param port 1 to 65535, or 0 for any free one
 * @param tls how connections are encrypted; without it they are not
 */
public record Listening(String bindAddress, int port, Optional<Tls> tls) {
    public Listening {
        if (bindAddress.isBlank()) {
            throw new IllegalArgumentException("the address to listen on is missing");
        }
        if (port < 0 || port > 65535) {
            throw new IllegalArgumentException("the port to listen on must be between 0 and 65535, is " + port);
        }
    }

    public static Listening plain(String bindAddress, int port) {
        return new Listening(bindAddress, port, Optional.empty());
    }

    public static Listening encrypted(String bindAddress, int port, Tls tls) {
        return new Listening(bindAddress, port, Optional.of(tls));
    }

    @Override
    public String toString() {
        return bindAddress + ":" + port + (tls.isPresent() ? " (TLS)" : "");
    }
}
