package org.segnode.dicom;

import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeSet;
import org.segnode.dicom.picture.NumberPage;
import org.segnode.dicom.picture.SlicePage;
import org.segnode.plan.LabelMeaning;
import org.segnode.volume.Position;
import org.segnode.volume.Shape;

/** Which pictures of a result are drawn: the slices that show most of it, then the numbers of all segments. */
final class CapturePages {
    private static final int MOST_SLICES = 6;
    private static final int LEAST_SLICES = 3;

    private final SegmentedSeries result;
    private final SegmentationFrames frames;
    private final long[][] count;

    CapturePages(SegmentedSeries result) {
        this.result = result;
        this.frames = SegmentationFrames.of(result);
        this.count = counts(result);
    }

    /** What every picture says. */
    static String note(SegmentationOrigin origin) {
        return "AI, not reviewed. "
                + origin.modelId() + " " + origin.modelVersion() + ". Intended use: "
                + origin.intendedUse().orElse("research only; the model does not say what else it is for") + ".";
    }

    List<CaptureWriter.Capture> draw() {
        List<CaptureWriter.Capture> captures = new ArrayList<>();
        GreyScale grey = GreyScale.of(result);
        for (int slice : slices()) {
            captures.add(new CaptureWriter.Capture(
                    draw(slice, grey), Optional.of(result.source().slices().get(slice))));
        }
        numbers().forEach(page -> captures.add(new CaptureWriter.Capture(page, Optional.empty())));
        return captures;
    }

    /** Again and again the slice with most segments that no slice has shown yet, and of these with most of their voxels. */
    List<Integer> slices() {
        TreeSet<Integer> chosen = new TreeSet<>();
        boolean[] shown = new boolean[count.length];
        while (chosen.size() < MOST_SLICES) {
            Optional<Integer> next = frames.bySlice().frames().stream()
                    .map(SegmentationFrames.Frame::slice)
                    .filter(slice -> news(slice, shown) > 0)
                    .max(Comparator.comparingDouble(slice -> news(slice, shown)));
            if (next.isEmpty()) {
                break;
            }
            chosen.add(next.get());
            for (int s = 0; s < count.length; s++) {
                shown[s] |= count[s][next.get()] > 0;
            }
        }
        if (chosen.isEmpty()) {
            chosen.add(result.source().shape().slices() / 2);
        } else {
            for (int quarter = 1; quarter < 4 && chosen.size() < LEAST_SLICES; quarter++) {
                chosen.add(sliceAt(quarter / 4.0));
            }
        }
        return List.copyOf(chosen);
    }

    /** The slice below which this part of all voxels lies. */
    private int sliceAt(double part) {
        long all = Arrays.stream(frames.voxels()).sum();
        long below = 0;
        int slice = -1;
        while (below < part * all) {
            slice++;
            for (long[] segment : count) {
                below += segment[slice];
            }
        }
        return slice;
    }

    /** How much a slice shows of segments not shown yet: each counts 1, and the part of its largest area that is seen here. */
    private double news(int slice, boolean[] shown) {
        double news = 0;
        for (int s = 0; s < count.length; s++) {
            if (!shown[s] && count[s][slice] > 0) {
                long largest = 1;
                for (long each : count[s]) {
                    largest = Math.max(largest, each);
                }
                news += 1 + (double) count[s][slice] / largest;
            }
        }
        return news;
    }

    private BufferedImage draw(int index, GreyScale grey) {
        Slice slice = result.source().slices().get(index);
        Shape shape = result.source().shape();
        List<LabelMeaning> shown = new ArrayList<>();
        for (int s = 0; s < count.length; s++) {
            if (count[s][index] > 0) {
                shown.add(result.meanings().get(s));
            }
        }
        SlicePage page = new SlicePage(
                grey.picture(index),
                slice.rowSpacing() / slice.columnSpacing(),
                result.labels().labels(),
                shape.index(index, 0, 0),
                shown,
                directions(slice));
        String where = "slice " + (index + 1) + " of " + shape.slices()
                + (slice.instanceNumber().isEmpty() ? "" : ", " + slice.words());
        return page.draw(title(), where, note(result.origin()));
    }

    private List<BufferedImage> numbers() {
        List<SegmentFigures> figures = SegmentFigures.of(result);
        String unit = ValueKind.of(result.source().common()).unit().value();
        List<String> heads = List.of(
                "volume [ml]",
                unit.equals("1") ? "mean" : "mean [" + (unit.equals("[hnsf'U]") ? "HU" : unit) + "]",
                "σ",
                "largest Ø [mm]");
        List<NumberPage.Line> lines = new ArrayList<>();
        for (int i = 0; i < figures.size(); i++) {
            lines.add(new NumberPage.Line(result.meanings().get(i), numbers(figures.get(i))));
        }
        List<BufferedImage> pages = new ArrayList<>();
        int of = (lines.size() + NumberPage.MOST_LINES - 1) / NumberPage.MOST_LINES;
        for (int p = 0; p < of; p++) {
            int to = Math.min(lines.size(), (p + 1) * NumberPage.MOST_LINES);
            String subtitle = "measurements" + (of > 1 ? ", page " + (p + 1) + " of " + of : "");
            pages.add(new NumberPage(heads, lines.subList(p * NumberPage.MOST_LINES, to))
                    .draw(title(), subtitle, note(result.origin())));
        }
        return pages;
    }

    private static List<String> numbers(SegmentFigures figures) {
        if (figures.voxels() == 0) {
            return List.of("not found", "", "", "");
        }
        return List.of(
                String.format(Locale.ROOT, "%.2f", figures.millilitres()),
                String.format(Locale.ROOT, "%.1f", figures.mean()),
                String.format(Locale.ROOT, "%.1f", figures.deviation()),
                String.format(Locale.ROOT, "%.1f", figures.largestDiameter()));
    }

    private String title() {
        return result.origin().modelTitle() + ": AI, not reviewed";
    }

    /** Letters of the patient's directions at the left, right, upper and lower edge. */
    private static List<String> directions(Slice slice) {
        return List.of(
                letter(slice.alongRow().times(-1)),
                letter(slice.alongRow()),
                letter(slice.alongColumn().times(-1)),
                letter(slice.alongColumn()));
    }

    private static String letter(Position direction) {
        double x = Math.abs(direction.x());
        double y = Math.abs(direction.y());
        double z = Math.abs(direction.z());
        if (x >= y && x >= z) {
            return direction.x() > 0 ? "L" : "R";
        }
        return y >= z ? direction.y() > 0 ? "P" : "A" : direction.z() > 0 ? "H" : "F";
    }

    private static long[][] counts(SegmentedSeries result) {
        Shape shape = result.source().shape();
        int plane = shape.rows() * shape.columns();
        int[] segmentOf = result.segmentOfLabel();
        long[][] count = new long[result.meanings().size()][shape.slices()];
        short[] labels = result.labels().labels();
        for (int i = 0; i < labels.length; i++) {
            if (labels[i] != 0) {
                count[segmentOf[labels[i]] - 1][i / plane]++;
            }
        }
        return count;
    }
}
