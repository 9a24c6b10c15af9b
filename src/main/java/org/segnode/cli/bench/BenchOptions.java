package org.segnode.cli.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/** What every comparison with a peer takes. */
final class BenchOptions {
    @Option(names = "--rounds", defaultValue = "5", description = "measured rounds; ${DEFAULT-VALUE} if not given")
    private int rounds;

    @Option(
            names = "--peer-python",
            paramLabel = "PYTHON",
            description = "a Python with nnU-Net 2.8.1: the peer is measured in turn with ours; only ours if not given")
    private Optional<Path> peerPython = Optional.empty();

    @Option(names = "--json", description = "print JSON")
    private boolean json;

    /** @throws IllegalArgumentException if there is nothing to measure */
    int rounds() {
        if (rounds < 1) {
            throw new IllegalArgumentException("--rounds must be at least 1, is " + rounds);
        }
        return rounds;
    }

    Optional<Path> peerPython() {
        return peerPython;
    }

    /** @param script a resource beside this class */
    Optional<BenchPeer> startPeer(String script, String... arguments) throws IOException {
        return peerPython.isEmpty()
                ? Optional.empty()
                : Optional.of(BenchPeer.start(peerPython.get(), script, arguments));
    }

    BenchReport report(String command) {
        return new BenchReport(command, rounds(), json, peerPython.isPresent());
    }
}
