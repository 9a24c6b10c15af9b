package org.segnode.cli.dicom;

import org.segnode.pacs.RemoteAe;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Whom a command speaks with, and as whom. */
final class PeerArguments {
    @Parameters(index = "0", paramLabel = "AET@HOST:PORT", description = "the peer")
    private RemoteAe peer;

    @Option(
            names = "--calling",
            paramLabel = "AET",
            defaultValue = "SEGNODE",
            description = "our own AE title; ${DEFAULT-VALUE} if not given")
    private String calling;

    RemoteAe peer() {
        return peer;
    }

    /** Our own AE title. */
    String calling() {
        return calling;
    }
}
