package org.segnode.node;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What is known of an open series.
 *
 * @param here objects that lie in the spool
 * @param bringing whether an association that brought something of it is still open
 * @param released whether those that are over were released in order, or their work was repeated by one that was
 * @param quiet since the last object or end of association
 * @param expected what a rule says
 * @param archive what the archive says
 * @param gap which positions between its slices are empty, in words; asked only where it matters
 */
record Evidence(
        int here,
        boolean bringing,
        boolean released,
        Duration quiet,
        Optional<Expectation> expected,
        Optional<ArchiveCount> archive,
        Supplier<Optional<String>> gap) {}
