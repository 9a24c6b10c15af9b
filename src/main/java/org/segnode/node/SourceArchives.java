package org.segnode.node;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.segnode.node.settings.ArchiveSettings;
import org.segnode.node.settings.Settings;
import org.segnode.pacs.Archive;
import org.segnode.pacs.DimseArchive;
import org.segnode.pacs.QueryScu;
import org.segnode.pacs.RemoteAe;
import org.segnode.pacs.RetrieveScu;
import org.segnode.pacs.Tls;

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
        RemoteAe plain = settings.ae()
                .orElseThrow(() -> new IllegalArgumentException("archive " + settings.name() + " has no AE title"));
        RemoteAe peer = settings.tls() && tls.isPresent() ? plain.over(tls.get()) : plain;
        Optional<String> moveTo =
                settings.retrieve() == ArchiveSettings.Retrieve.MOVE ? Optional.of(ownAet) : Optional.empty();
        return new DimseArchive(peer, new QueryScu(ownAet), new RetrieveScu(ownAet), moveTo);
    }
}
