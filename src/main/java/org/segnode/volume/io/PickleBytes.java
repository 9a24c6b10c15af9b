package org.segnode.volume.io;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;

/** The bytes of a pickle, little-endian, with a bound on how many are taken. */
final class PickleBytes {
    private static final int LONGEST_NAME = 200;
    private static final int LONGEST_NUMBER = 64;

    private final InputStream in;
    private long left;

    PickleBytes(InputStream in, long maximumBytes) {
        this.in = new BufferedInputStream(in);
        this.left = maximumBytes;
    }

    int one() throws IOException {
        take(1);
        int value = in.read();
        if (value < 0) {
            throw new PickleException("the pickle ends too early");
        }
        return value;
    }

    int two() throws IOException {
        return one() | one() << 8;
    }

    /** Unsigned. */
    long four() throws IOException {
        return two() | (long) two() << 16;
    }

    long eight() throws IOException {
        return four() | four() << 32;
    }

    /** Big-endian, unlike the rest. */
    double real() throws IOException {
        return Double.longBitsToDouble(Long.reverseBytes(eight()));
    }

    /** A whole number of that many bytes, two's complement: Long, or BigInteger where it needs more. */
    Number number(long length) throws IOException {
        if (length > LONGEST_NUMBER) {
            throw new PickleException("the pickle has a number of " + length + " bytes");
        }
        byte[] bytes = bytes(length);
        byte[] turned = new byte[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            turned[i] = bytes[bytes.length - 1 - i];
        }
        BigInteger value = turned.length == 0 ? BigInteger.ZERO : new BigInteger(turned);
        return value.bitLength() < Long.SIZE ? (Number) value.longValue() : value;
    }

    String text(long length) throws IOException {
        return new String(bytes(length), StandardCharsets.UTF_8);
    }

    byte[] bytes(long length) throws IOException {
        take(length);
        byte[] bytes = in.readNBytes((int) length);
        if (bytes.length < length) {
            throw new PickleException("the pickle ends too early");
        }
        return bytes;
    }

    String line() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int letter = one(); letter != '\n'; letter = one()) {
            line.append((char) letter);
            if (line.length() > LONGEST_NAME) {
                throw new PickleException("the pickle has a name of more than " + LONGEST_NAME + " letters");
            }
        }
        return line.toString();
    }

    private void take(long bytes) throws PickleException {
        if (bytes < 0 || bytes > Integer.MAX_VALUE - 8 || bytes > left) {
            throw new PickleException("the pickle is too large");
        }
        left -= bytes;
    }
}
