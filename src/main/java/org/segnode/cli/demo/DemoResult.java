package org.segnode.cli.demo;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageIO;
import org.segnode.UnusableSeriesException;
import org.segnode.dicom.DicomSeries;
import org.segnode.dicom.SegmentationReader;
import org.segnode.dicom.SeriesReader;
import org.segnode.evaluation.Overlap;
import org.segnode.plan.LabelMeaning;
import org.segnode.plan.Region;
import org.segnode.volume.LabelMap;
import org.segnode.volume.Volume;

/**
 * What came back for a sample, beside its ground truth.
 *
 * @param volume the series that was sent
 * @param found labels read from the SEG
 * @param segments one line per label that the model knows
 */
record DemoResult(String name, Volume volume, LabelMap found, List<Segment> segments) {
    private static final String NOTE =
            "AI, not reviewed. A demonstration, not for patients. Data: Medical Segmentation Decathlon, CC BY-SA 4.0.";

    /**
     * @param millilitres found
     * @param truth in the ground truth, in ml
     * @param dice between them, NaN if both are empty
     */
    record Segment(LabelMeaning meaning, double millilitres, double truth, double dice) {}

    DemoResult {
        segments = List.copyOf(segments);
    }

    /**
     * @param seg the object that came back
     * @param truth on the grid of the series
     * @param meanings in the order of the SEG's segments
     * @throws UnusableSeriesException if the object does not fit the series
     */
    static DemoResult of(DemoCase sample, Path seg, LabelMap truth, List<LabelMeaning> meanings)
            throws UnusableSeriesException {
        DicomSeries series = new SeriesReader().read(sample.series());
        LabelMap found = labels(SegmentationReader.read(seg, series.volume().grid()), meanings);
        List<Segment> segments = new ArrayList<>();
        for (LabelMeaning meaning : meanings) {
            int label = meaning.label();
            segments.add(new Segment(
                    meaning,
                    Overlap.millilitres(found, label),
                    Overlap.millilitres(truth, label),
                    Overlap.of(found, truth, Region.of(meaning.name(), label)).dice()));
        }
        return new DemoResult(sample.name(), series.volume(), found, segments);
    }

    /** Segment numbers, counted from 1 in the order of the meanings, become the labels of the model. */
    private static LabelMap labels(LabelMap segmentNumbers, List<LabelMeaning> meanings) {
        short[] labels = new short[segmentNumbers.labels().length];
        for (int i = 0; i < labels.length; i++) {
            int number = segmentNumbers.labels()[i];
            labels[i] = number == 0 ? 0 : (short) meanings.get(number - 1).label();
        }
        return new LabelMap(segmentNumbers.grid(), labels);
    }

    /** The smallest Dice of its segments; NaN counts as 0. */
    double worstDice() {
        return segments.stream()
                .mapToDouble(segment -> Double.isNaN(segment.dice()) ? 0 : segment.dice())
                .min()
                .orElse(0);
    }

    /** A small table. */
    List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.add("%-28s %8s %10s %6s".formatted("  " + name, "found", "truth", "Dice"));
        for (Segment segment : segments) {
            lines.add("%-28s %5.2f ml %7.2f ml %6.3f"
                    .formatted(
                            "    " + segment.meaning().name(), segment.millilitres(), segment.truth(), segment.dice()));
        }
        return lines;
    }

    void draw(Path file) throws IOException {
        List<ContourPicture.Segment> legend = segments.stream()
                .map(segment -> new ContourPicture.Segment(
                        segment.meaning(),
                        "%s: %.2f ml, Dice %.2f against the ground truth"
                                .formatted(segment.meaning().name(), segment.millilitres(), segment.dice())))
                .toList();
        BufferedImage picture = new ContourPicture(
                        "segnode demo, " + name + ": what the node found", volume, found, legend, NOTE)
                .draw();
        if (!ImageIO.write(picture, "png", file.toFile())) {
            throw new IOException("this Java cannot write PNG");
        }
    }
}
