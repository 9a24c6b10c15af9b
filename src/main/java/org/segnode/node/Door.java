package org.segnode.node;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.segnode.node.settings.Settings;
import org.segnode.pacs.Callers;
import org.segnode.pacs.Listening;
import org.segnode.pacs.ScpConfiguration;
import org.segnode.pacs.Tls;
import org.segnode.pacs.TransferSyntaxes;

/** How the settings open the node to peers. */
final class Door {
    private Door() {}

    /** @param tls the node's keys, if it has any */
    static ScpConfiguration configuration(Settings settings, Optional<Tls> tls) {
        return new ScpConfiguration(
                settings.node().aet(),
                settings.node().alsoAets(),
                listening(settings, tls),
                new Callers(settings.reception().callers()),
                settings.reception().limits(),
                settings.reception().timeouts(),
                settings.data().reserve(),
                TransferSyntaxes.ACCEPTED,
                settings.reception().nonImages());
    }

    private static List<Listening> listening(Settings settings, Optional<Tls> tls) {
        List<Listening> places = new ArrayList<>();
        String bind = settings.node().bind();
        if (!settings.tls().only()) {
            places.add(Listening.plain(bind, settings.node().port()));
        }
        tls.ifPresent(encryption ->
                places.add(Listening.encrypted(bind, settings.tls().port(), encryption)));
        return places;
    }
}
