package org.segnode.pacs;

import java.util.Optional;

/**
 * A peer to call.
 *
 * @param aet its AE title, 1 to 16 characters
 * @param host name or address
 * @param port 1 to 65535
 * @param tls how the connection is encrypted, if it is
 */
public record RemoteAe(String aet, String host, int port, Optional<Tls> tls) {
    public RemoteAe {
        if (aet.isBlank() || aet.length() > 16) {
            throw new IllegalArgumentException("an AE title has 1 to 16 characters, is \"" + aet + "\"");
        }
        if (host.isBlank()) {
            throw new IllegalArgumentException("the host of " + aet + " is missing");
        }
        if (port < 1 || port > 65535) {
            throw new IllegalArgumentException("the port of " + aet + " is between 1 and 65535, is " + port);
        }
    }

    /** Not encrypted. */
    public RemoteAe(String aet, String host, int port) {
        this(aet, host, port, Optional.empty());
    }

    /** The same peer over TLS. */
    public RemoteAe over(Tls encryption) {
        return new RemoteAe(aet, host, port, Optional.of(encryption));
    }

    @Override
    public String toString() {
        return aet + "@" + host + ":" + port + (tls.isPresent() ? " (TLS)" : "");
    }
}
