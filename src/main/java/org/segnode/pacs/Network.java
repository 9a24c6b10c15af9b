package org.segnode.pacs;

import java.math.BigInteger;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Addresses of peers: those of a host, or those that begin with the same bits (CIDR, RFC 4632).
 *
 * @param text as it was written
 * @param addresses one, or all of a host with a name
 * @param bits that have to agree
 */
public record Network(String text, List<InetAddress> addresses, int bits) {
    private static final Pattern CIDR = Pattern.compile("([0-9.]+|[0-9a-fA-F:.]*:[0-9a-fA-F:.]*)/(\\d{1,3})");

    public Network {
        addresses = List.copyOf(addresses);
    }

    /**
     * {@code 10.1.0.0/16}, {@code fd00::/8}, {@code 10.1.2.3} or the name of a host, which is looked up once.
     *
     * @throws IllegalArgumentException if it is none of these, or the host has no address
     */
    public static Network parse(String text) {
        Matcher matcher = CIDR.matcher(text);
        try {
            if (matcher.matches()) {
                InetAddress address = InetAddress.getByName(matcher.group(1));
                int bits = Integer.parseInt(matcher.group(2));
                int most = 8 * address.getAddress().length;
                if (bits > most) {
                    throw new IllegalArgumentException("a network has at most " + most + " bits, is \"" + text + "\"");
                }
                return new Network(text, List.of(address), bits);
            }
            if (text.isBlank() || text.indexOf('/') >= 0) {
                throw new IllegalArgumentException("must be a host or a network like 10.1.0.0/16, is \"" + text + "\"");
            }
            return new Network(text, List.of(InetAddress.getAllByName(text)), Integer.MAX_VALUE);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException("has no address: \"" + text + "\"", e);
        }
    }

    public boolean contains(InetAddress peer) {
        return addresses.stream().anyMatch(address -> agree(address.getAddress(), peer.getAddress()));
    }

    private boolean agree(byte[] one, byte[] other) {
        int further = Math.max(0, 8 * one.length - bits);
        return one.length == other.length
                && new BigInteger(1, one).shiftRight(further).equals(new BigInteger(1, other).shiftRight(further));
    }

    @Override
    public String toString() {
        return text;
    }
}
