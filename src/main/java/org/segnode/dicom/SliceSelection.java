package org.segnode.dicom;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;
import org.segnode.UnusableSeriesException;
import org.segnode.dicom.GeometryFinding.Kind;
import org.segnode.volume.Position;

/** Which slices of a series make the stack, and in which order. What is left out or forbids a stack becomes a finding. */
final class SliceSelection {
    /** Largest angle between directions of one series: 0.1 degrees is 0.4 mm at the end of a 250 mm row. */
    static final double PARALLEL = Math.toRadians(0.1);

    /** Slices nearer than this lie at the same place. */
    static final double SAME_PLACE_MM = 0.01;

    /** Strays are left out only where there are at least this many slices in all for each of them. */
    private static final int SLICES_PER_STRAY = 5;

    /** As people count them; the order of the files decides nothing. */
    private static final Comparator<Slice> BY_NUMBER = Comparator.comparingInt(SliceSelection::number)
            .thenComparing(Slice::sopInstanceUid)
            .thenComparingInt(Slice::frame);

    private final GeometryPolicy policy;
    private final Findings findings;

    SliceSelection(GeometryPolicy policy, Findings findings) {
        this.policy = policy;
        this.findings = findings;
    }

    /**
     * @return ascending along the normal; useless if the findings refuse the series
     * @throws UnusableSeriesException if pixels that must be compared cannot be read
     */
    List<Slice> of(List<Slice> unsorted) throws UnusableSeriesException {
        List<Slice> all = unsorted.stream().sorted(BY_NUMBER).toList();
        List<Slice> slices = withoutLocalizers(all);
        if (findings.refused()) {
            return slices;
        }
        slices = oneOrientation(slices);
        if (slices.size() < 2) {
            findings.refused(Kind.UNUSABLE, "the series is not a volume: it has one slice", 0, List.of());
        }
        requireOne(
                slices,
                "sizes",
                s -> s.layout().rows() + " rows x " + s.layout().columns() + " columns");
        requireOne(slices, "pixel spacings", s -> rounded(s.rowSpacing()) + " x " + rounded(s.columnSpacing()) + " mm");
        return findings.refused() ? slices : distinct(sorted(slices));
    }

    private List<Slice> withoutLocalizers(List<Slice> all) {
        List<Slice> localizers = all.stream().filter(Slice::localizer).toList();
        if (localizers.isEmpty()) {
            return all;
        }
        String words = Words.some(names(localizers)) + (localizers.size() == 1 ? " is a localizer" : " are localizers")
                + " (Image Type (0008,0008))";
        if (few(localizers, all)) {
            return leaveOut(Kind.LOCALIZER, words, "left out", all, Slice::localizer);
        }
        findings.refused(Kind.LOCALIZER, words + ", the series is not a volume", localizers.size(), names(localizers));
        return all;
    }

    private List<Slice> oneOrientation(List<Slice> all) {
        List<List<Slice>> kinds = new ArrayList<>();
        for (Slice slice : all) {
            kinds.stream()
                    .filter(kind -> parallel(kind.get(0), slice))
                    .findFirst()
                    .ifPresentOrElse(kind -> kind.add(slice), () -> kinds.add(new ArrayList<>(List.of(slice))));
        }
        if (kinds.size() < 2) {
            return all;
        }
        List<Slice> most =
                kinds.stream().max(Comparator.comparingInt(List::size)).orElseThrow();
        List<Slice> others = all.stream().filter(slice -> !most.contains(slice)).toList();
        String words = "the slices have " + kinds.size() + " different orientations, by more than "
                + Words.degrees(PARALLEL) + ": "
                + Words.some(kinds.stream()
                        .map(of -> of.size() + " (" + Words.some(names(of)) + ")")
                        .toList());
        if (few(others, all)) {
            return leaveOut(
                    Kind.ORIENTATION, words, "the " + most.size() + " are used", all, slice -> !most.contains(slice));
        }
        findings.refused(Kind.ORIENTATION, words, others.size(), names(others));
        return all;
    }

    private List<Slice> leaveOut(Kind kind, String words, String how, List<Slice> all, Predicate<Slice> stray) {
        List<Slice> strays = all.stream().filter(stray).toList();
        findings.repaired(kind, policy.removeStrays(), words, how, strays.size(), names(strays));
        return all.stream().filter(stray.negate()).toList();
    }

    private static boolean few(List<Slice> strays, List<Slice> all) {
        return strays.size() * SLICES_PER_STRAY <= all.size();
    }

    private void requireOne(List<Slice> slices, String what, Function<Slice, String> fact) {
        Map<String, List<String>> found = new LinkedHashMap<>();
        for (Slice slice : slices) {
            found.computeIfAbsent(fact.apply(slice), key -> new ArrayList<>()).add(slice.words());
        }
        if (found.size() > 1) {
            List<String> each = new ArrayList<>();
            found.forEach((value, of) -> each.add(value + " (" + of.size() + ": " + Words.some(of) + ")"));
            findings.refused(
                    Kind.SIZE,
                    "the slices have " + found.size() + " different " + what + ": " + Words.some(each),
                    found.size(),
                    names(slices));
        }
    }

    private static List<Slice> sorted(List<Slice> slices) {
        Position normal = slices.get(0).normal();
        return slices.stream()
                .sorted(Comparator.<Slice>comparingDouble(s -> normal.dot(s.position()))
                        .thenComparing(BY_NUMBER))
                .toList();
    }

    private List<Slice> distinct(List<Slice> sorted) throws UnusableSeriesException {
        Position normal = sorted.get(0).normal();
        List<Slice> places = new ArrayList<>();
        List<Slice> further = new ArrayList<>();
        List<String> pairs = new ArrayList<>();
        String different = "";
        for (int i = 0; i < sorted.size(); i++) {
            Slice slice = sorted.get(i);
            Slice last = places.isEmpty() ? slice : places.get(places.size() - 1);
            if (i == 0 || normal.dot(slice.position().minus(last.position())) >= SAME_PLACE_MM) {
                places.add(slice);
                continue;
            }
            pairs.add(Words.pair(sorted, i) + " at " + Words.position(slice.position()));
            if (policy.dropDuplicates() && different.isEmpty() && !samePixels(last, slice)) {
                different = "; the pixels of " + last.words() + " and " + slice.words() + " differ";
            }
            further.add(slice);
        }
        report(sorted.size(), places.size(), further, pairs, different);
        return places;
    }

    private void report(int all, int places, List<Slice> further, List<String> pairs, String different) {
        if (further.isEmpty()) {
            return;
        }
        boolean drop = policy.dropDuplicates() && different.isEmpty() && places > 1;
        if (drop) {
            String words = Words.some(names(further)) + (further.size() == 1 ? " is" : " are")
                    + " there twice with the same pixels: " + Words.some(pairs);
            findings.repaired(Kind.DUPLICATE, true, words, "one of each is used", further.size(), names(further));
        } else {
            String words = "the series is not one volume: " + all + " slices lie at " + places
                    + (places == 1 ? " place" : " places")
                    + " (several times or echoes, or slices sent twice?); same place: "
                    + Words.some(pairs) + different;
            findings.refused(Kind.CONFLICT, words, further.size(), names(further));
        }
    }

    private static boolean samePixels(Slice a, Slice b) throws UnusableSeriesException {
        return a.position().minus(b.position()).length() < SAME_PLACE_MM
                && Arrays.equals(VolumePixels.read(List.of(a)), VolumePixels.read(List.of(b)));
    }

    private static boolean parallel(Slice a, Slice b) {
        return a.alongRow().angleTo(b.alongRow()) <= PARALLEL && a.alongColumn().angleTo(b.alongColumn()) <= PARALLEL;
    }

    /** To 0.0001 mm: 0.05 mm after 512 pixels. */
    private static String rounded(double spacing) {
        return DecimalString.of(Math.rint(spacing * 1e4) / 1e4);
    }

    private static List<String> names(List<Slice> slices) {
        return slices.stream().map(Slice::words).toList();
    }

    private static int number(Slice slice) {
        try {
            return Integer.parseInt(slice.instanceNumber());
        } catch (NumberFormatException e) {
            return Integer.MAX_VALUE;
        }
    }
}
