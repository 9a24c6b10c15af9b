package org.segnode.pacs;

import java.util.List;

/**
 * What an archive answered.
 *
 * @param found in the order of the answers, each UID once
 * @param all false if the archive had more answers than are taken
 * @param unusable answers that were left out because they have no valid UID
 */
public record Matches(List<Match> found, boolean all, int unusable) {
    public Matches {
        found = List.copyOf(found);
        if (unusable < 0) {
            throw new IllegalArgumentException("unusable answers are counted from 0, are " + unusable);
        }
    }
}
