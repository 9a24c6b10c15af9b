package org.segnode.node;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.segnode.ledger.NewSeries;

/** Who can say whether a series is complete. */
interface Witnesses {
    /** Nobody knows anything. */
    Witnesses NONE = new Witnesses() {};

    /** How many objects a rule expects of the series that these files are a part of. */
    default Optional<Expectation> expected(NewSeries series, List<Path> files) {
        return Optional.empty();
    }

    /**
     * What the archive that the series comes from says of it so far; asks it now and then, without waiting.
     *
     * @param here objects that lie in the spool
     * @param bringing whether objects are still coming, so that it is not asked yet
     */
    default Optional<ArchiveCount> archive(NewSeries series, int here, boolean bringing) {
        return Optional.empty();
    }

    /** Which positions between the slices are empty, in words. */
    default Optional<String> gap(List<Path> files) {
        return Optional.empty();
    }

    /** The series is closed: what was known of it is of no use any more. */
    default void dismiss(String seriesKey) {}
}
