package org.segnode.node;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.segnode.ledger.Closing;
import org.segnode.ledger.ClosingRule;
import org.segnode.node.settings.CompletenessSettings;

/**
 * Decides whether a series is complete, by the strongest proof at hand: the count that a rule expects; the count at the
 * archive; the release of the association and a quiet time; the longest wait. A gap between slices only delays, as a series
 * that lacks its last slices has none.
 */
final class Completeness {
    private final Duration quietTime;
    private final CompletenessSettings settings;

    Completeness(Duration quietTime, CompletenessSettings settings) {
        this.quietTime = quietTime;
        this.settings = settings;
    }

    /** Whether a series that has been quiet for so long is closed whatever is known of it. */
    boolean waitedLongest(Duration quiet) {
        return quiet.compareTo(settings.longestWait()) >= 0;
    }

    /** Empty as long as more is awaited. */
    Optional<Closing> judge(Evidence known) {
        if (waitedLongest(known.quiet())) {
            return Optional.of(byTimer(known));
        }
        if (known.bringing()) {
            return Optional.empty();
        }
        if (known.expected().isPresent()
                && known.here() <= known.expected().get().objects()) {
            return byExpectation(known, known.expected().get());
        }
        if (!known.released()) {
            return Optional.empty();
        }
        if (known.archive().isPresent() && decides(known.archive().get(), known.here())) {
            return byArchive(known, known.archive().get());
        }
        return byQuiet(known);
    }

    private static Optional<Closing> byExpectation(Evidence known, Expectation expected) {
        if (known.here() < expected.objects()) {
            return Optional.empty();
        }
        String proof = known.here() + " of " + expected.objects() + " objects, as " + expected.source() + " expects";
        return Optional.of(closing(ClosingRule.EXPECTED_COUNT, proof, known));
    }

    /** An archive that has fewer is behind, one that does not answer says nothing: the next rule decides. */
    private static boolean decides(ArchiveCount archive, int here) {
        return switch (archive.state()) {
            case ASKED -> true;
            case UNKNOWN -> false;
            case ONCE, CONFIRMED -> archive.objects() >= here;
        };
    }

    private static Optional<Closing> byArchive(Evidence known, ArchiveCount archive) {
        if (archive.state() != ArchiveCount.State.CONFIRMED || archive.objects() != known.here()) {
            return Optional.empty();
        }
        String proof =
                known.here() + " of " + archive.objects() + " objects, counted twice at archive " + archive.archive();
        return Optional.of(closing(ClosingRule.ARCHIVE_COUNT, proof, known));
    }

    private Optional<Closing> byQuiet(Evidence known) {
        if (known.quiet().compareTo(quietTime) < 0) {
            return Optional.empty();
        }
        Optional<String> gap = known.gap().get();
        if (gap.isPresent() && known.quiet().compareTo(quietTime.plus(settings.gapWait())) < 0) {
            return Optional.empty();
        }
        List<String> words = new ArrayList<>();
        words.add("released and quiet for " + words(quietTime));
        gap.ifPresent(words::add);
        known.archive().ifPresent(archive -> words.add(archive.words()));
        return Optional.of(closing(ClosingRule.RELEASED_AND_QUIET, String.join("; ", words), known));
    }

    private Closing byTimer(Evidence known) {
        List<String> words = new ArrayList<>();
        words.add("nothing came for " + words(settings.longestWait()));
        if (known.bringing()) {
            words.add("the association is still open");
        } else if (!known.released()) {
            words.add("the association broke");
        }
        known.expected()
                .ifPresent(expected -> words.add(known.here() + " of the " + expected.objects() + " objects that "
                        + expected.source() + " expects"));
        known.archive().ifPresent(archive -> words.add(archive.words()));
        return closing(ClosingRule.TIMER, String.join("; ", words), known);
    }

    private static Closing closing(ClosingRule rule, String proof, Evidence known) {
        OptionalInt expected = known.expected().isPresent()
                ? OptionalInt.of(known.expected().get().objects())
                : known.archive()
                        .filter(archive -> archive.objects() > 0)
                        .map(archive -> OptionalInt.of(archive.objects()))
                        .orElse(OptionalInt.empty());
        return new Closing(rule, proof, known.here(), expected);
    }

    private static String words(Duration time) {
        return time.toMillis() % 1000 == 0 ? time.toSeconds() + " s" : time.toMillis() + " ms";
    }
}
