package org.segnode.node;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.segnode.dicom.SeriesFacts;
import org.segnode.node.settings.Conditions;

/** Compares a series with the conditions of a rule. What it says names the settings, never free text of the series. */
final class Matching {
    private Matching() {}

    /** The first condition the series does not meet, in words; empty if it meets all. */
    static Optional<String> mismatch(Conditions when, ClosedSeries series) {
        SeriesFacts facts = series.facts();
        List<String> mismatches = new ArrayList<>();
        if (!oneOf(when.modality(), facts.modality())) {
            mismatches.add("modality " + String.join(" or ", when.modality()));
        }
        text(mismatches, "a body part", when.bodyPart(), facts.bodyPart());
        text(mismatches, "a study description", when.studyDescription(), facts.studyDescription());
        text(mismatches, "a series description", when.seriesDescription(), facts.seriesDescription());
        text(mismatches, "a protocol name", when.protocol(), facts.protocolName());
        if (!facts.imageType().stream().map(Matching::upper).toList().containsAll(when.imageType())) {
            mismatches.add("image type " + String.join(" and ", when.imageType()));
        }
        text(mismatches, "a convolution kernel", when.kernel(), facts.convolutionKernel());
        if (!when.sliceThickness().isAny()
                && !when.sliceThickness().contains(facts.sliceThickness().orElse(Double.NaN))) {
            mismatches.add("a slice thickness of " + when.sliceThickness());
        }
        if (!when.slices().contains(facts.numberOfSlices())) {
            mismatches.add(when.slices() + " slices");
        }
        if (!oneOf(when.orientation(), facts.orientation().orElse(""))) {
            mismatches.add("orientation " + String.join(" or ", when.orientation()));
        }
        if (!oneOf(when.callingAet(), series.callingAet())) {
            mismatches.add("the sender " + String.join(" or ", when.callingAet()));
        }
        if (!oneOf(when.calledAet(), series.calledAet())) {
            mismatches.add("the called AE title " + String.join(" or ", when.calledAet()));
        }
        return mismatches.stream().findFirst();
    }

    /** Modality, number of slices, thickness and orientation, in words. */
    static String summary(SeriesFacts facts) {
        StringBuilder words = new StringBuilder(facts.modality().isEmpty() ? "no modality" : facts.modality());
        words.append(", ").append(facts.numberOfSlices()).append(facts.numberOfSlices() == 1 ? " slice" : " slices");
        facts.sliceThickness().ifPresent(mm -> words.append(" of ").append(millimetres(mm)));
        facts.orientation().ifPresent(name -> words.append(", ").append(name.toLowerCase(Locale.ROOT)));
        return words.toString();
    }

    static String millimetres(double mm) {
        return (mm == Math.rint(mm) ? Long.toString((long) mm) : Double.toString(mm)) + " mm";
    }

    private static void text(List<String> mismatches, String what, Optional<Pattern> pattern, String text) {
        if (pattern.isPresent() && !pattern.get().matcher(text).find()) {
            mismatches.add(what + " like " + pattern.get().pattern());
        }
    }

    private static boolean oneOf(List<String> wanted, String value) {
        return wanted.isEmpty() || wanted.contains(value);
    }

    private static String upper(String text) {
        return text.toUpperCase(Locale.ROOT);
    }
}
