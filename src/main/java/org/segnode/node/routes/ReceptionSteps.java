package org.segnode.node.routes;

import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * What the reception route joins.
 *
 * @param closeQuiet closes the series that are due
 * @param quietStudies Study Instance UIDs that wait for a decision
 * @param decide what becomes of a study's series
 * @param giveUp a study that made the program fail, and the reason
 */
public record ReceptionSteps(
        Runnable closeQuiet,
        Supplier<List<String>> quietStudies,
        Consumer<String> decide,
        BiConsumer<String, String> giveUp) {}
