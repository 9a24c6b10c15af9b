package org.segnode.cli.dicom;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.segnode.evaluation.Overlap;
import org.segnode.plan.LabelMeaning;
import org.segnode.volume.LabelMap;

/**
 * What was found in a case.
 *
 * @param file where the result lies
 */
record CaseSummary(String name, String file, List<Found> found) {
    /** @param millilitres 0 if there is none */
    record Found(int label, String name, double millilitres) {}

    CaseSummary {
        found = List.copyOf(found);
    }

    static CaseSummary of(String name, Path file, LabelMap labels, List<LabelMeaning> meanings) {
        List<Found> found = meanings.stream()
                .map(meaning ->
                        new Found(meaning.label(), meaning.name(), Overlap.millilitres(labels, meaning.label())))
                .toList();
        return new CaseSummary(name, file.toString(), found);
    }

    /** For people. */
    List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.add(name + ": " + file);
        for (Found each : found) {
            lines.add("  %-40s %8.2f ml".formatted(each.name(), each.millilitres()));
        }
        return lines;
    }
}
