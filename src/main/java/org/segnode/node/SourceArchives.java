package org.segnode.node;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.segnode.TemporaryException;
import org.segnode.node.settings.ArchiveSettings;
import org.segnode.node.settings.Settings;
import org.segnode.pacs.Archive;
import org.segnode.pacs.DicomWebClient;
import org.segnode.pacs.DimseArchive;
import org.segnode.pacs.QueryScu;
import org.segnode.pacs.RemoteAe;
import org.segnode.pacs.RetrieveScu;
import org.segnode.pacs.Tls;
import org.segnode.pacs.WebArchive;
import org.segnode.pacs.WebTimeouts;

/** The archives of the settings, ready to be asked. */
final class SourceArchives {
    private SourceArchives() {}

    /** @param tls the node's own, for archives that are asked over TLS */
    static List<SourceArchive> of(Settings settings, Optional<Tls> tls) {
        return settings.archives().stream()
                .map(archive -> new SourceArchive(
                        archive.name(),
                        Set.copyOf(archive.senders()),
                        archive(archive, settings.node().aet(), tls)))
                .toList();
    }

    private static Archive archive(ArchiveSettings settings, String ownAet, Optional<Tls> tls) {
        return settings.url().isPresent()
                ? web(settings, settings.url().get(), tls)
                : dimse(settings, settings.ae().orElseThrow(), ownAet, tls);
    }

    private static Archive dimse(ArchiveSettings settings, RemoteAe plain, String ownAet, Optional<Tls> tls) {
        RemoteAe peer = settings.tls() ? plain.over(tls.orElseThrow()) : plain;
        Optional<String> moveTo =
                settings.retrieve() == ArchiveSettings.Retrieve.MOVE ? Optional.of(ownAet) : Optional.empty();
        return new DimseArchive(peer, new QueryScu(ownAet), new RetrieveScu(ownAet), moveTo);
    }

    private static Archive web(ArchiveSettings settings, URI url, Optional<Tls> tls) {
        DicomWebClient client = new DicomWebClient(
                url,
                settings.tls() ? tls : Optional.empty(),
                () -> authorization(settings),
                WebTimeouts.DEFAULT,
                QueryScu.DEFAULT_MOST);
        return new WebArchive(client, settings.senders().get(0));
    }

    /** Read for each request, so that a new token or password counts at once. */
    private static Optional<String> authorization(ArchiveSettings settings) {
        if (settings.passwordFile().isPresent()) {
            String both = settings.user() + ":" + secret(settings.passwordFile().get());
            return Optional.of("Basic " + Base64.getEncoder().encodeToString(both.getBytes(StandardCharsets.UTF_8)));
        }
        return settings.tokenFile().map(file -> "Bearer " + secret(file));
    }

    private static String secret(Path file) {
        try {
            return Files.readString(file).strip();
        } catch (IOException e) {
            throw new TemporaryException(file + " cannot be read: " + e.getMessage(), e);
        }
    }
}
