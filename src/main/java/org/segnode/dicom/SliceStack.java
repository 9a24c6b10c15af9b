package org.segnode.dicom;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.segnode.UnusableSeriesException;
import org.segnode.volume.Grid;
import org.segnode.volume.Position;
import org.segnode.volume.Shape;

/**
 * The slices of a volume in the order of their place along the slice normal, and the grid they lie on.
 *
 * @param slices at least 2, ascending along {@link Slice#normal()}
 * @param grid slices, rows, columns; the step between slices is that of the positions
 */
record SliceStack(List<Slice> slices, Grid grid) {
    /** Largest angle between directions of one series: 0.1 degrees is 0.4 mm at the end of a 250 mm row. */
    static final double PARALLEL = Math.toRadians(0.1);

    /** Slices nearer than this lie at the same place. */
    static final double SAME_PLACE_MM = 0.01;

    /** Positions are often written with one decimal: neighbours may be up to this much off without being uneven. */
    static final double EVEN_MM = 0.1;

    /** What a distance may differ from the mean, as a fraction, for thick slices. */
    static final double EVEN_FRACTION = 0.01;

    /** What a slice may lie beside its place on the grid, in voxels: its own voxel must stay the nearest without doubt. */
    static final double ON_GRID = 0.2;

    /**
     * Largest angle between the stack and the normal of its slices. Real gantry tilts begin at several degrees; some
     * converters leave a part of a degree. The grid keeps the true steps, so nothing is misplaced; the network only sees
     * the anatomy sheared, by 1.7 mm per 100 mm at most, less than training rotates it.
     */
    static final double TILT = Math.toRadians(1);

    /** @throws UnusableSeriesException if the slices are not one even, upright stack, naming those that are not */
    static SliceStack of(List<Slice> unsorted) throws UnusableSeriesException {
        if (unsorted.size() < 2) {
            throw new UnusableSeriesException("the series is not a volume: it has one slice");
        }
        requireOneOrientation(unsorted);
        requireOne(
                unsorted,
                "sizes",
                s -> s.layout().rows() + " rows x " + s.layout().columns() + " columns");
        requireOne(
                unsorted, "pixel spacings", s -> rounded(s.rowSpacing()) + " x " + rounded(s.columnSpacing()) + " mm");
        Position normal = unsorted.get(0).normal();
        List<Slice> slices = new ArrayList<>(unsorted);
        slices.sort(Comparator.comparingDouble(s -> normal.dot(s.position())));
        requireDistinct(slices, normal);
        requireUpright(slices, normal);
        requireEven(slices, normal);
        return new SliceStack(List.copyOf(slices), grid(slices));
    }

    /** Distance between neighbouring slices along their normal, in mm. */
    double distance() {
        return grid.sliceStep().dot(slices.get(0).normal());
    }

    private static Grid grid(List<Slice> slices) throws UnusableSeriesException {
        Slice first = slices.get(0);
        if (first.layout().pixels() * slices.size() > Integer.MAX_VALUE - 8) {
            throw new UnusableSeriesException("a volume has at most 2147483639 voxels, the series has " + slices.size()
                    + " slices of " + first.layout().pixels());
        }
        Shape shape =
                new Shape(slices.size(), first.layout().rows(), first.layout().columns());
        return new Grid(shape, first.position(), meanStep(slices), first.rowStep(), first.columnStep());
    }

    /** To 0.0001 mm: 0.05 mm after 512 pixels. */
    private static String rounded(double spacing) {
        return DecimalString.of(Math.rint(spacing * 1e4) / 1e4);
    }

    private static Position meanStep(List<Slice> slices) {
        Position whole =
                slices.get(slices.size() - 1).position().minus(slices.get(0).position());
        return whole.times(1.0 / (slices.size() - 1));
    }

    private static void requireOne(List<Slice> slices, String what, Function<Slice, String> fact)
            throws UnusableSeriesException {
        Map<String, List<String>> found = new LinkedHashMap<>();
        for (Slice slice : slices) {
            found.computeIfAbsent(fact.apply(slice), key -> new ArrayList<>()).add(slice.words());
        }
        if (found.size() > 1) {
            List<String> each = new ArrayList<>();
            found.forEach((value, of) -> each.add(value + " (" + of.size() + ": " + Words.some(of) + ")"));
            throw new UnusableSeriesException(
                    "the slices have " + found.size() + " different " + what + ": " + Words.some(each));
        }
    }

    private static void requireOneOrientation(List<Slice> slices) throws UnusableSeriesException {
        List<Slice> kinds = new ArrayList<>();
        List<List<String>> members = new ArrayList<>();
        for (Slice slice : slices) {
            int kind = 0;
            while (kind < kinds.size() && !parallel(kinds.get(kind), slice)) {
                kind++;
            }
            if (kind == kinds.size()) {
                kinds.add(slice);
                members.add(new ArrayList<>());
            }
            members.get(kind).add(slice.words());
        }
        if (kinds.size() > 1) {
            List<String> each = new ArrayList<>();
            members.forEach(of -> each.add(of.size() + " (" + Words.some(of) + ")"));
            throw new UnusableSeriesException("the slices have " + kinds.size()
                    + " different orientations, by more than " + Words.degrees(PARALLEL) + ": " + Words.some(each));
        }
    }

    private static boolean parallel(Slice a, Slice b) {
        return angle(a.alongRow(), b.alongRow()) <= PARALLEL && angle(a.alongColumn(), b.alongColumn()) <= PARALLEL;
    }

    private static double angle(Position a, Position b) {
        return Math.atan2(a.cross(b).length(), a.dot(b));
    }

    private static void requireDistinct(List<Slice> slices, Position normal) throws UnusableSeriesException {
        List<String> same = new ArrayList<>();
        int places = 1;
        for (int i = 1; i < slices.size(); i++) {
            if (along(slices, i, normal) < SAME_PLACE_MM) {
                same.add(pair(slices, i) + " at " + Words.position(slices.get(i).position()));
            } else {
                places++;
            }
        }
        if (!same.isEmpty()) {
            throw new UnusableSeriesException("the series is not one volume: " + slices.size() + " slices lie at "
                    + places + (places == 1 ? " place" : " places")
                    + " (several times or echoes, or slices sent twice?); same place: "
                    + Words.some(same));
        }
    }

    private static void requireEven(List<Slice> slices, Position normal) throws UnusableSeriesException {
        double usual = median(slices, normal);
        double tolerance = Math.max(EVEN_MM, EVEN_FRACTION * usual);
        List<String> odd = new ArrayList<>();
        boolean gapsOnly = true;
        for (int i = 1; i < slices.size(); i++) {
            double distance = along(slices, i, normal);
            if (Math.abs(distance - usual) > tolerance) {
                odd.add(pair(slices, i) + " lie " + Words.mm(distance) + " apart");
                double times = distance / usual;
                gapsOnly &= times > 1.5 && Math.abs(times - Math.rint(times)) * usual <= 2 * tolerance;
            }
        }
        if (!odd.isEmpty()) {
            throw new UnusableSeriesException(Words.some(odd) + ", the others " + Words.mm(usual) + ": "
                    + (gapsOnly ? "slices are missing" : "the slices are not evenly spaced") + " (tolerance "
                    + Words.mm(tolerance) + ")");
        }
        requireOnLine(slices);
    }

    /** Also catches what adds up over many slices, and slices shifted within their plane. */
    private static void requireOnLine(List<Slice> slices) throws UnusableSeriesException {
        Position step = meanStep(slices);
        Slice first = slices.get(0);
        Position start = first.position();
        double most = ON_GRID * Math.min(step.length(), Math.min(first.rowSpacing(), first.columnSpacing()));
        for (int i = 0; i < slices.size(); i++) {
            double off =
                    slices.get(i).position().minus(start.plus(step.times(i))).length();
            if (off > most) {
                throw new UnusableSeriesException(
                        "slice " + (i + 1) + " (" + slices.get(i).words() + ") lies " + Words.mm(off)
                                + " beside its place in an even stack (tolerance " + Words.mm(most) + ")");
            }
        }
    }

    private static void requireUpright(List<Slice> slices, Position normal) throws UnusableSeriesException {
        double tilt = angle(meanStep(slices), normal);
        if (tilt > TILT) {
            throw new UnusableSeriesException("the stack of slices is sheared: it leans " + Words.degrees(tilt)
                    + " from the normal of the slices (gantry tilt?), more than " + Words.degrees(TILT));
        }
    }

    private static double along(List<Slice> slices, int i, Position normal) {
        return normal.dot(slices.get(i).position().minus(slices.get(i - 1).position()));
    }

    private static double median(List<Slice> slices, Position normal) {
        double[] distances = new double[slices.size() - 1];
        for (int i = 1; i < slices.size(); i++) {
            distances[i - 1] = along(slices, i, normal);
        }
        java.util.Arrays.sort(distances);
        return distances[(distances.length - 1) / 2];
    }

    private static String pair(List<Slice> slices, int i) {
        return "slices " + i + " and " + (i + 1) + " (" + slices.get(i - 1).words() + ", "
                + slices.get(i).words() + ")";
    }
}
