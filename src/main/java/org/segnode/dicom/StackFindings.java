package org.segnode.dicom;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntToDoubleFunction;
import org.segnode.dicom.GeometryFinding.Kind;

/** Says of a stack of parallel slices what keeps it from being straight, even and complete. */
final class StackFindings {
    /**
     * Largest angle between the stack and the normal of its slices. Real gantry tilts begin at several degrees; some
     * converters leave a part of a degree. The grid keeps the true steps, so nothing is misplaced; the network only sees
     * the anatomy sheared, by 1.7 mm per 100 mm at most, less than training rotates it.
     */
    private static final double TILT = Math.toRadians(1);

    /** No gantry leans further; beyond it the positions are doubtful. */
    private static final double MOST_TILT = Math.toRadians(31);

    /** What a slice may lie beside its place on the grid, in voxels: its own voxel must stay the nearest without doubt. */
    private static final double ON_GRID = 0.2;

    /** A slice that lies this part of its width beside the others is not of their stack. */
    private static final double MOST_SHIFT = 0.25;

    private final StackMeasures measures;
    private final GeometryPolicy policy;
    private final Findings findings;
    private boolean tilted;
    private boolean even = true;
    private int intervals;

    private StackFindings(StackMeasures measures, GeometryPolicy policy, Findings findings) {
        this.measures = measures;
        this.policy = policy;
        this.findings = findings;
    }

    static StackFindings of(StackMeasures measures, GeometryPolicy policy, Findings findings) {
        StackFindings found = new StackFindings(measures, policy, findings);
        found.tilt();
        found.distances();
        found.line();
        return found;
    }

    /** Whether the slices themselves are a grid for the network. */
    boolean isStraightAndEven() {
        return even && !tilted;
    }

    /** Number of regular slices from the first slice to the last. */
    int regularSlices() {
        return intervals + 1;
    }

    private void tilt() {
        double tilt = measures.tilt();
        tilted = tilt > TILT;
        String words = "the stack of slices is sheared: it leans " + Words.degrees(tilt)
                + " from the normal of the slices (gantry tilt?), more than ";
        double degrees = Math.toDegrees(tilt);
        if (tilt > MOST_TILT) {
            findings.refused(Kind.TILT, words + Words.degrees(MOST_TILT), degrees, List.of());
        } else if (tilted) {
            findings.repaired(
                    Kind.TILT,
                    policy.resampleTilt(),
                    words + Words.degrees(TILT),
                    "straightened for the network",
                    degrees,
                    List.of());
        }
    }

    private void distances() {
        List<Integer> gaps = new ArrayList<>();
        List<Integer> odd = new ArrayList<>();
        for (int i = 0; i < measures.distances().length; i++) {
            if (!measures.isUsual(measures.distances()[i])) {
                (isGap(measures.distances()[i]) ? gaps : odd).add(i);
            }
        }
        even = gaps.isEmpty() && odd.isEmpty();
        intervals = odd.isEmpty() ? wholeIntervals() : fineIntervals();
        if (!gaps.isEmpty()) {
            gaps(gaps);
        }
        if (!odd.isEmpty()) {
            uneven(odd);
        }
    }

    /** A multiple of the usual distance, or more than may be uneven. */
    private boolean isGap(double distance) {
        double times = distance / measures.usual();
        boolean whole = Math.abs(times - Math.rint(times)) * measures.usual() <= 2 * measures.tolerance();
        return (times > 1.5 && whole) || times > Math.max(policy.missingFilled(), 1) + 1.5;
    }

    private int missing(int gap) {
        return (int) Math.min(1_000_000, Math.round(measures.distances()[gap] / measures.usual())) - 1;
    }

    private int wholeIntervals() {
        int sum = measures.distances().length;
        for (int i = 0; i < measures.distances().length; i++) {
            sum += measures.isUsual(measures.distances()[i]) ? 0 : missing(i);
        }
        return sum;
    }

    private int fineIntervals() {
        double height = measures.normal().dot(measures.whole());
        return (int) Math.min(1_000_000, Math.max(1, Math.round(height / measures.fine())));
    }

    private void gaps(List<Integer> gaps) {
        int most = gaps.stream().mapToInt(this::missing).max().orElse(0);
        int sum = gaps.stream().mapToInt(this::missing).sum();
        String words = apart(gaps) + ": " + (sum == 1 ? "1 slice is" : sum + " slices are") + " missing" + tolerance();
        if (most > policy.missingFilled() && policy.missingFilled() > 0) {
            findings.refused(Kind.GAP, words + ", more than " + policy.missingFilled() + " in a row", sum, names(gaps));
        } else {
            String how = "filled for the network, the result has no frames there";
            findings.repaired(Kind.GAP, policy.missingFilled() > 0, words, how, sum, names(gaps));
        }
    }

    private void uneven(List<Integer> odd) {
        double height = measures.normal().dot(measures.whole());
        String how = "resampled to " + (intervals + 1) + " slices " + Words.mm(height / intervals)
                + " apart for the network";
        findings.repaired(
                Kind.UNEVEN,
                policy.resampleUneven(),
                apart(odd) + ": the slices are not evenly spaced" + tolerance(),
                how,
                odd.size(),
                names(odd));
    }

    private String apart(List<Integer> pairs) {
        List<String> each = pairs.stream()
                .map(i -> Words.pair(measures.slices(), i + 1) + " lie " + Words.mm(measures.distances()[i]) + " apart")
                .toList();
        return Words.some(each) + ", the others " + Words.mm(measures.usual());
    }

    private String tolerance() {
        return " (tolerance " + Words.mm(measures.tolerance()) + ")";
    }

    /** Also catches what adds up over many slices, and slices shifted within their plane. */
    private void line() {
        Slice first = measures.slices().get(0);
        double across = Math.min(first.rowSpacing(), first.columnSpacing());
        double allowed = ON_GRID * Math.min(measures.meanStep().length(), across);
        IntToDoubleFunction beside = even ? measures::besideEven : measures::besideLine;
        List<Integer> off = new ArrayList<>();
        double most = 0;
        for (int i = 0; i < measures.slices().size(); i++) {
            double distance = beside.applyAsDouble(i);
            most = Math.max(most, distance);
            if (distance > allowed) {
                off.add(i);
            }
        }
        if (!off.isEmpty()) {
            even = false;
            int slice = off.get(0);
            shifted(
                    off,
                    most,
                    "slice " + (slice + 1) + " (" + measures.slices().get(slice).words() + ") lies "
                            + Words.mm(beside.applyAsDouble(slice)) + " beside its place in an even stack (tolerance "
                            + Words.mm(allowed) + ")" + (off.size() == 1 ? "" : ", " + (off.size() - 1) + " more do"));
        }
    }

    private void shifted(List<Integer> off, double most, String words) {
        Slice first = measures.slices().get(0);
        double width = Math.min(
                first.layout().rows() * first.rowSpacing(), first.layout().columns() * first.columnSpacing());
        List<String> names =
                off.stream().map(i -> measures.slices().get(i).words()).toList();
        if (most > MOST_SHIFT * width) {
            findings.refused(Kind.SHIFTED, words, most, names);
        } else {
            findings.repaired(
                    Kind.SHIFTED,
                    policy.resampleUneven(),
                    words,
                    "taken from where it lies for the network",
                    most,
                    names);
        }
    }

    private List<String> names(List<Integer> pairs) {
        return pairs.stream()
                .flatMap(i -> measures.slices().subList(i, i + 2).stream())
                .map(Slice::words)
                .distinct()
                .toList();
    }
}
