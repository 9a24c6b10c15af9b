package org.segnode.node;

import java.nio.file.Path;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.segnode.ledger.NewSeries;

/** A series that objects are awaited of. Safe for several threads. */
final class OpenSeries {
    /** Association number of objects that nobody is bringing now. */
    private static final long FOUND_AT_START = 0;

    private final NewSeries series;
    private final Set<Long> bringing = new HashSet<>();
    private final Set<Long> repeating = new HashSet<>();
    private boolean broken;
    private Instant lastSeen;
    private long changes;
    private Optional<Look> look = Optional.empty();

    /** What the spool showed. */
    static final class Look {
        private final long changes;
        private final List<Path> files;
        private final Optional<Expectation> expected;
        private @Nullable Optional<String> gap;

        /** @param changes that had happened by then */
        Look(long changes, List<Path> files, Optional<Expectation> expected) {
            this.changes = changes;
            this.files = List.copyOf(files);
            this.expected = expected;
        }

        long changes() {
            return changes;
        }

        List<Path> files() {
            return files;
        }

        Optional<Expectation> expected() {
            return expected;
        }

        /** Asks for the gap once. */
        synchronized Optional<String> gap(Function<List<Path>, Optional<String>> finding) {
            Optional<String> known = gap;
            if (known == null) {
                known = finding.apply(files);
                gap = known;
            }
            return known;
        }
    }

    /** @param broken whether the association that brought what is here broke, or nobody knows */
    OpenSeries(NewSeries series, Instant now, boolean broken) {
        this.series = series;
        this.lastSeen = now;
        this.broken = broken;
    }

    synchronized void cameBy(long association, Instant now) {
        if (association != FOUND_AT_START && bringing.add(association) && broken) {
            repeating.add(association);
        }
        lastSeen = now;
        changes++;
    }

    /** @return whether the association brought something of this series */
    synchronized boolean ended(long association, boolean released, Instant now) {
        if (!bringing.remove(association)) {
            return false;
        }
        if (!released) {
            broken = true;
            repeating.clear();
        } else if (repeating.remove(association)) {
            broken = false;
        }
        lastSeen = now;
        changes++;
        return true;
    }

    NewSeries series() {
        return series;
    }

    synchronized Instant lastSeen() {
        return lastSeen;
    }

    synchronized boolean isBringing() {
        return !bringing.isEmpty();
    }

    /** Whether what is here came by associations that were released, the last attempts of each counted. */
    synchronized boolean isReleased() {
        return bringing.isEmpty() && !broken;
    }

    /** Grows with every object and every end of an association. */
    synchronized long changes() {
        return changes;
    }

    /** What was seen after the last change. */
    synchronized Optional<Look> look() {
        return look.filter(found -> found.changes() == changes);
    }

    synchronized void looked(Look found) {
        look = Optional.of(found);
    }
}
