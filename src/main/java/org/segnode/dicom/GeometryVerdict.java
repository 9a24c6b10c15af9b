package org.segnode.dicom;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What a series' slices are as a volume, and what was decided: the most serious finding decides.
 *
 * @param stack Stack ID (0020,9056) where the series holds several stacks, else empty
 * @param geometry measured; empty where the series is refused before anything can be measured
 * @param findings in the order in which they were made; no patient data
 */
public record GeometryVerdict(String stack, Optional<StackGeometry> geometry, List<GeometryFinding> findings) {
    private static final ObjectMapper JSON = new ObjectMapper().registerModule(new Jdk8Module());

    /** What becomes of the series. */
    public enum Decision {
        /** A straight, even, complete stack. */
        ACCEPTED,
        /** The network gets a straight, even stack made of it; the result lies on the original slices. */
        REPAIRED,
        /** It is not computed. */
        REFUSED
    }

    public GeometryVerdict {
        findings = List.copyOf(findings);
        if (geometry.isEmpty() && of(findings) != Decision.REFUSED) {
            throw new IllegalArgumentException("a series without measured geometry is refused");
        }
    }

    @JsonProperty
    public Decision decision() {
        return of(findings);
    }

    /** Why it is refused, or how it is repaired, naming slices; empty if it is accepted. */
    @JsonProperty
    public String reason() {
        return switch (decision()) {
            case ACCEPTED -> "";
            case REPAIRED -> words(GeometryFinding.Effect.REPAIRED);
            case REFUSED -> words(GeometryFinding.Effect.REFUSED);
        };
    }

    /** One line for the log: decision, geometry, all findings. */
    public String line() {
        String measured = geometry.map(GeometryVerdict::words).orElse("not measured");
        String found = findings.stream().map(GeometryFinding::words).collect(Collectors.joining("; "));
        return decision() + ", " + measured + (found.isEmpty() ? "" : ": " + found);
    }

    public String toJson() {
        try {
            return JSON.writeValueAsString(this);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a verdict has only numbers and texts", e);
        }
    }

    private static Decision of(List<GeometryFinding> findings) {
        GeometryFinding.Effect worst = findings.stream()
                .map(GeometryFinding::effect)
                .max(Enum::compareTo)
                .orElse(GeometryFinding.Effect.NOTED);
        return switch (worst) {
            case NOTED -> Decision.ACCEPTED;
            case REPAIRED -> Decision.REPAIRED;
            case REFUSED -> Decision.REFUSED;
        };
    }

    private String words(GeometryFinding.Effect effect) {
        return findings.stream()
                .filter(finding -> finding.effect() == effect)
                .map(GeometryFinding::words)
                .collect(Collectors.joining("; "));
    }

    private static String words(StackGeometry g) {
        return g.slices() + " slices of " + g.rows() + " x " + g.columns() + ", " + g.plane() + " (" + g.axes() + "), "
                + Words.number(g.sliceSpacing()) + " x " + Words.number(g.rowSpacing()) + " x "
                + Words.mm(g.columnSpacing());
    }
}
