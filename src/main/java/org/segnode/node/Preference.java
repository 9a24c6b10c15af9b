package org.segnode.node;

import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;
import org.segnode.dicom.SeriesFacts;

/**
 * Which of a study's series a rule takes: ORIGINAL before derived, then the most wanted kernel, then the thinnest slices,
 * then the most; the Series Instance UID last, so that the answer is always the same.
 */
final class Preference implements Comparator<SeriesFacts> {
    private final List<Pattern> kernels;

    /** @param kernels the most wanted first */
    Preference(List<Pattern> kernels) {
        this.kernels = List.copyOf(kernels);
    }

    /** The better series is the lesser one. */
    @Override
    public int compare(SeriesFacts a, SeriesFacts b) {
        return Comparator.<SeriesFacts>comparingInt(Preference::derived)
                .thenComparingInt(this::kernel)
                .thenComparingDouble(Preference::thickness)
                .thenComparing(SeriesFacts::numberOfSlices, Comparator.reverseOrder())
                .thenComparing(SeriesFacts::seriesInstanceUid)
                .compare(a, b);
    }

    /** Why the better one was taken, in words. */
    String reason(SeriesFacts better, SeriesFacts other) {
        String name = "series " + better.seriesInstanceUid();
        if (derived(better) != derived(other)) {
            return name + " is ORIGINAL";
        }
        if (kernel(better) != kernel(other)) {
            return name + " has a preferred kernel: " + better.convolutionKernel();
        }
        if (Double.compare(thickness(better), thickness(other)) != 0) {
            return name + " is thinner: " + Matching.millimetres(thickness(better)) + " instead of "
                    + (other.sliceThickness().isPresent() ? Matching.millimetres(thickness(other)) : "unknown");
        }
        if (better.numberOfSlices() != other.numberOfSlices()) {
            return name + " has more slices: " + better.numberOfSlices() + " instead of " + other.numberOfSlices();
        }
        return name + " is as good";
    }

    private static int derived(SeriesFacts facts) {
        return facts.imageType().stream().anyMatch("ORIGINAL"::equalsIgnoreCase) ? 0 : 1;
    }

    private int kernel(SeriesFacts facts) {
        for (int i = 0; i < kernels.size(); i++) {
            if (kernels.get(i).matcher(facts.convolutionKernel()).find()) {
                return i;
            }
        }
        return kernels.size();
    }

    private static double thickness(SeriesFacts facts) {
        return facts.sliceThickness().orElse(Double.POSITIVE_INFINITY);
    }
}
