package org.segnode.cli.dicom;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.segnode.pacs.DicomWebClient;
import org.segnode.pacs.Matches;
import org.segnode.pacs.Query;
import org.segnode.pacs.QueryScu;
import org.segnode.pacs.RefusedByPeerException;
import org.segnode.pacs.RemoteAe;
import org.segnode.pacs.ScuTimeouts;
import org.segnode.pacs.WebTimeouts;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Which archive a command asks: by association, or by DICOMweb. */
final class ArchiveArguments {
    @Parameters(
            index = "0",
            paramLabel = "AET@HOST:PORT|URL",
            description = "the archive, or the root of its DICOMweb services")
    private String archive;

    @Option(
            names = "--calling",
            paramLabel = "AET",
            defaultValue = "SEGNODE",
            description = "our own AE title; ${DEFAULT-VALUE} if not given")
    private String calling;

    @Option(names = "--token-file", paramLabel = "FILE", description = "with a bearer token, for DICOMweb")
    private @Nullable Path tokenFile;

    /** Our own AE title. */
    String calling() {
        return calling;
    }

    /** Empty if the archive is asked by DICOMweb. */
    Optional<RemoteAe> peer() {
        return isWeb() ? Optional.empty() : Optional.of(new RemoteAeConverter().convert(archive));
    }

    Matches find(Query query, int most) throws RefusedByPeerException, IOException {
        return isWeb()
                ? web(most).find(query)
                : new QueryScu(calling, ScuTimeouts.DEFAULT, most).find(peer().orElseThrow(), query);
    }

    /** @param most answers that are taken */
    DicomWebClient web(int most) throws IOException {
        Optional<String> authorization = tokenFile == null
                ? Optional.empty()
                : Optional.of("Bearer " + Files.readString(tokenFile).strip());
        return new DicomWebClient(
                URI.create(archive), Optional.empty(), () -> authorization, WebTimeouts.DEFAULT, most);
    }

    private boolean isWeb() {
        return archive.startsWith("http://") || archive.startsWith("https://");
    }

    @Override
    public String toString() {
        return archive;
    }
}
