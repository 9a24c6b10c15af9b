package org.segnode.dicom;

import java.util.ArrayList;
import java.util.List;
import org.segnode.dicom.GeometryFinding.Effect;
import org.segnode.dicom.GeometryFinding.Kind;

/** Collects what is found while a series is looked at. */
final class Findings {
    private final List<GeometryFinding> all = new ArrayList<>();

    void noted(Kind kind, String words, double amount, List<String> slices) {
        all.add(new GeometryFinding(kind, Effect.NOTED, words, amount, slices));
    }

    /** @param allowed whether the policy lets it be repaired; otherwise it is refused */
    void repaired(Kind kind, boolean allowed, String words, String how, double amount, List<String> slices) {
        if (allowed) {
            all.add(new GeometryFinding(kind, Effect.REPAIRED, words + ": " + how, amount, slices));
        } else {
            refused(kind, words, amount, slices);
        }
    }

    void refused(Kind kind, String words, double amount, List<String> slices) {
        all.add(new GeometryFinding(kind, Effect.REFUSED, words, amount, slices));
    }

    boolean refused() {
        return all.stream().anyMatch(finding -> finding.effect() == Effect.REFUSED);
    }

    List<GeometryFinding> all() {
        return List.copyOf(all);
    }
}
