package org.segnode.cli.dicom;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.segnode.UnusableSeriesException;
import org.segnode.dicom.AnnotationReader;
import org.segnode.dicom.GeometryFinding;
import org.segnode.dicom.GeometryVerdict;
import org.segnode.dicom.SegmentDescription;
import org.segnode.dicom.SeriesFiles;
import org.segnode.dicom.StackGeometry;

/**
 * What is said of one series.
 *
 * @param folder of its first object
 * @param objects number of its files
 * @param verdicts one for each stack
 * @param segments what its segmentations and structure sets mark, in words
 */
record InspectedSeries(
        String seriesInstanceUid,
        String modality,
        String folder,
        int objects,
        List<GeometryVerdict> verdicts,
        List<String> segments) {
    /** Modalities of series that mark something in others. */
    private static final Set<String> ANNOTATIONS = Set.of("SEG", "RTSTRUCT");

    static InspectedSeries of(SeriesFiles.Found found, List<GeometryVerdict> verdicts) {
        return new InspectedSeries(
                found.seriesInstanceUid(),
                found.modality(),
                String.valueOf(found.files().get(0).toAbsolutePath().getParent()),
                found.files().size(),
                verdicts,
                ANNOTATIONS.contains(found.modality()) ? segments(found.files()) : List.of());
    }

    @JsonIgnore
    boolean isRefused() {
        return verdicts.stream().anyMatch(verdict -> verdict.decision() == GeometryVerdict.Decision.REFUSED);
    }

    private static List<String> segments(List<Path> files) {
        List<String> segments = new ArrayList<>();
        for (Path file : files) {
            try {
                AnnotationReader.descriptions(file).forEach(segment -> segments.add(words(segment)));
            } catch (UnusableSeriesException e) {
                segments.add("cannot be told: " + e.getMessage());
            }
        }
        return segments;
    }

    private static String words(SegmentDescription segment) {
        String type = segment.type().map(code -> " (" + code.meaning() + ")").orElse("");
        String algorithm = (segment.algorithm() + " " + segment.algorithmName()).strip();
        return segment.number() + " " + segment.label() + type + (algorithm.isEmpty() ? "" : ", " + algorithm);
    }

    /** For people. */
    List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.add("series " + seriesInstanceUid + " (" + (modality.isEmpty() ? "no modality" : modality) + ", "
                + objects + (objects == 1 ? " object" : " objects") + " in " + folder + ")");
        for (GeometryVerdict verdict : verdicts) {
            String stack = verdict.stack().isEmpty() ? "" : "stack " + verdict.stack() + ": ";
            String measured = verdict.geometry().map(InspectedSeries::words).orElse("not a stack of slices");
            lines.add("  %-8s  %s%s".formatted(verdict.decision(), stack, measured));
            for (GeometryFinding finding : verdict.findings()) {
                lines.add("    %s: %s".formatted(word(finding.effect()), finding.words()));
            }
        }
        segments.forEach(segment -> lines.add("    segment " + segment));
        return lines;
    }

    private static String word(GeometryFinding.Effect effect) {
        return effect.name().toLowerCase(Locale.ROOT);
    }

    private static String words(StackGeometry g) {
        String uneven = g.mostSpacing() - g.leastSpacing() < 0.01
                ? ""
                : " (%s to %s mm)".formatted(number(g.leastSpacing()), number(g.mostSpacing()));
        return "%s%s, %s, %d slices of %d x %d, %s mm apart%s, pixels %s x %s mm, tilt %s degrees"
                .formatted(
                        g.plane().name().toLowerCase(Locale.ROOT),
                        g.angle() < 0.05 ? "" : " turned by " + number(g.angle()) + " degrees",
                        g.axes(),
                        g.slices(),
                        g.rows(),
                        g.columns(),
                        number(g.sliceSpacing()),
                        uneven,
                        number(g.rowSpacing()),
                        number(g.columnSpacing()),
                        number(g.tilt()));
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.3f", value).replaceAll("\\.?0+$", "");
    }
}
