package org.segnode.node;

import java.util.Set;
import org.segnode.pacs.Archive;

/**
 * An archive that holds what some senders send.
 *
 * @param name in the settings
 * @param senders calling AE titles
 */
record SourceArchive(String name, Set<String> senders, Archive archive) {
    SourceArchive {
        senders = Set.copyOf(senders);
    }
}
