package org.segnode.cli.bench;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import org.segnode.UnusableSeriesException;
import org.segnode.dicom.DicomSeries;
import org.segnode.dicom.ResultForm;
import org.segnode.dicom.ResultObject;
import org.segnode.dicom.Results;
import org.segnode.dicom.SegmentationOrigin;
import org.segnode.dicom.SegmentedSeries;
import org.segnode.dicom.SeriesReader;
import org.segnode.plan.Code;
import org.segnode.plan.LabelMeaning;
import org.segnode.volume.LabelMap;
import org.segnode.volume.Shape;

/** A made-up CT series full of ellipsoids, one per segment, to be written in every form. */
final class ResultsWork {
    private static final Code ANATOMY = new Code("123037004", "SCT", "Anatomical Structure");
    private static final Code LIVER = new Code("10200004", "SCT", "Liver");
    private static final double LARGEST_RADIUS = 0.12; // of the volume's length

    private final Path folder;
    private final SegmentedSeries result;

    private ResultsWork(Path folder, SegmentedSeries result) {
        this.folder = folder;
        this.result = result;
    }

    /** @param folder made, and left with the series in it */
    static ResultsWork in(Path folder, int slices, int rows, int segments) throws IOException, UnusableSeriesException {
        DicomSeries series = new SeriesReader().read(NoiseObjects.write(folder.resolve("series"), slices, rows));
        short[] labels = new short[slices * rows * rows];
        List<LabelMeaning> meanings = new ArrayList<>();
        Random random = new Random(slices);
        for (int label = 1; label <= segments; label++) {
            paint(labels, new Shape(slices, rows, rows), label, random);
            meanings.add(new LabelMeaning(label, "Segment " + label, ANATOMY, LIVER, Optional.empty(), "#dd8265"));
        }
        SegmentationOrigin origin = new SegmentationOrigin("bench", "1", "00", "ellipsoids");
        return new ResultsWork(
                folder,
                new SegmentedSeries(
                        series.onSource(new LabelMap(series.volume().grid(), labels)),
                        series.sourceValues(),
                        meanings,
                        origin));
    }

    private static void paint(short[] labels, Shape shape, int label, Random random) {
        double[] centre = new double[3];
        double[] radius = new double[3];
        for (int axis = 0; axis < 3; axis++) {
            centre[axis] = random.nextDouble() * shape.length(axis);
            radius[axis] = (0.3 + 0.7 * random.nextDouble()) * LARGEST_RADIUS * shape.length(axis) + 1;
        }
        for (int slice = 0; slice < shape.slices(); slice++) {
            double s = (slice - centre[0]) / radius[0];
            for (int row = 0; s * s < 1 && row < shape.rows(); row++) {
                double r = (row - centre[1]) / radius[1];
                for (int column = 0; s * s + r * r < 1 && column < shape.columns(); column++) {
                    double c = (column - centre[2]) / radius[2];
                    if (s * s + r * r + c * c < 1) {
                        labels[shape.index(slice, row, column)] = (short) label;
                    }
                }
            }
        }
    }

    /** Writes, syncs and reads back. */
    List<ResultObject> write(ResultForm form) {
        Set<ResultForm> forms = form == ResultForm.SR ? Set.of(ResultForm.SEG, ResultForm.SR) : Set.of(form);
        SegmentedSeries shown = form == ResultForm.FRACTIONAL ? result.asCertain() : result;
        return Results.write(forms, shown, (each, number, uid) -> folder.resolve(each.word() + "-" + number + ".dcm"));
    }

    static long bytes(List<ResultObject> objects) {
        return objects.stream()
                .mapToLong(object -> object.file().toFile().length())
                .sum();
    }

    /** Bytes of the files when they are deflated as they are for sending. */
    static long deflated(List<ResultObject> objects) {
        Deflater deflater = new Deflater(Deflater.BEST_SPEED, true);
        try (OutputStream out = new DeflaterOutputStream(OutputStream.nullOutputStream(), deflater, 1 << 16)) {
            for (ResultObject object : objects) {
                try (InputStream in = new BufferedInputStream(Files.newInputStream(object.file()))) {
                    in.transferTo(out);
                }
            }
            out.flush();
            return deflater.getBytesWritten();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            deflater.end();
        }
    }
}
