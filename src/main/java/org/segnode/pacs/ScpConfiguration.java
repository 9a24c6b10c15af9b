package org.segnode.pacs;

import java.util.List;

/**
 * How the storage SCP listens.
 *
 * @param aeTitle the called AE title it answers to; others are rejected
 * @param otherAeTitles further called AE titles it answers to
 * @param listening at least one; the limits hold for all together
 * @param minimumFreeBytes free space of the spool's disk below which objects are refused with status A700
 * @param transferSyntaxes UIDs that are accepted, most preferred first
 * @param keepsNonImages whether storage of objects that are not images is accepted; else refused at negotiation
 */
public record ScpConfiguration(
        String aeTitle,
        List<String> otherAeTitles,
        List<Listening> listening,
        Callers callers,
        ConnectionLimits limits,
        ScpTimeouts timeouts,
        long minimumFreeBytes,
        List<String> transferSyntaxes,
        boolean keepsNonImages) {
    public static final long DEFAULT_MINIMUM_FREE_BYTES = 1L << 30;

    public ScpConfiguration {
        AeTitle.require("the AE title of the node", aeTitle);
        otherAeTitles = List.copyOf(otherAeTitles);
        otherAeTitles.forEach(other -> AeTitle.require("a further AE title of the node", other));
        listening = List.copyOf(listening);
        if (listening.isEmpty()) {
            throw new IllegalArgumentException("the node needs a port to listen on");
        }
        if (minimumFreeBytes < 0) {
            throw new IllegalArgumentException("the minimum free space must not be negative, is " + minimumFreeBytes);
        }
        transferSyntaxes = List.copyOf(transferSyntaxes);
        if (transferSyntaxes.isEmpty()) {
            throw new IllegalArgumentException("at least one transfer syntax must be accepted");
        }
    }

    /** Everybody may call, unencrypted; limits and timeouts are the default ones. */
    public static ScpConfiguration of(String aeTitle, String bindAddress, int port) {
        return new ScpConfiguration(
                aeTitle,
                List.of(),
                List.of(Listening.plain(bindAddress, port)),
                Callers.ANYONE,
                ConnectionLimits.DEFAULT,
                ScpTimeouts.DEFAULT,
                DEFAULT_MINIMUM_FREE_BYTES,
                TransferSyntaxes.ACCEPTED,
                true);
    }

    /** The same, listening elsewhere. */
    public ScpConfiguration at(Listening... places) {
        return new ScpConfiguration(
                aeTitle,
                otherAeTitles,
                List.of(places),
                callers,
                limits,
                timeouts,
                minimumFreeBytes,
                transferSyntaxes,
                keepsNonImages);
    }

    public ScpConfiguration with(Callers who) {
        return new ScpConfiguration(
                aeTitle,
                otherAeTitles,
                listening,
                who,
                limits,
                timeouts,
                minimumFreeBytes,
                transferSyntaxes,
                keepsNonImages);
    }

    public ScpConfiguration with(ConnectionLimits other) {
        return new ScpConfiguration(
                aeTitle,
                otherAeTitles,
                listening,
                callers,
                other,
                timeouts,
                minimumFreeBytes,
                transferSyntaxes,
                keepsNonImages);
    }

    public ScpConfiguration with(ScpTimeouts other) {
        return new ScpConfiguration(
                aeTitle,
                otherAeTitles,
                listening,
                callers,
                limits,
                other,
                minimumFreeBytes,
                transferSyntaxes,
                keepsNonImages);
    }

    public ScpConfiguration withMinimumFreeBytes(long bytes) {
        return new ScpConfiguration(
                aeTitle, otherAeTitles, listening, callers, limits, timeouts, bytes, transferSyntaxes, keepsNonImages);
    }

    public ScpConfiguration withoutNonImages() {
        return new ScpConfiguration(
                aeTitle,
                otherAeTitles,
                listening,
                callers,
                limits,
                timeouts,
                minimumFreeBytes,
                transferSyntaxes,
                false);
    }
}
