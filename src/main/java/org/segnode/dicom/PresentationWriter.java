package org.segnode.dicom;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.aoju.bus.image.Tag;
import org.aoju.bus.image.galaxy.data.Attributes;
import org.aoju.bus.image.galaxy.data.VR;
import org.segnode.UnusableSeriesException;
import org.segnode.dicom.outline.Outlines;
import org.segnode.dicom.outline.Polygon;
import org.segnode.plan.LabelMeaning;
import org.segnode.volume.Shape;

/**
 * Writes a Grayscale Softcopy Presentation State (PS3.3 A.33): outlines as graphics over the source's images, one layer per
 * segment. It replaces the images' modality transformation, so that slices which are rescaled differently need one each.
 */
final class PresentationWriter implements ResultWriter {
    private static final int MOST_LAYER_NAME = 16;

    @Override
    public List<ResultObject> write(SegmentedSeries result, ResultPlaces places) {
        Map<String, List<Integer>> byRescale = new LinkedHashMap<>();
        List<Slice> slices = result.source().slices();
        for (int k = 0; k < slices.size(); k++) {
            String rescale = DecimalString.of(slices.get(k).slope()) + "\\"
                    + DecimalString.of(slices.get(k).intercept());
            byRescale.computeIfAbsent(rescale, key -> new ArrayList<>()).add(k);
        }
        List<ResultObject> written = new ArrayList<>();
        for (List<Integer> alike : byRescale.values()) {
            written.add(write(result, alike, written.size() + 1, places));
        }
        return written;
    }

    private static ResultObject write(SegmentedSeries result, List<Integer> slices, int number, ResultPlaces places) {
        ResultHeader header = new ResultHeader(result, ResultForm.PR);
        Attributes all = header.attributes(number, result.labels().digest());
        all.setNull(Tag.Laterality, VR.CS);
        all.setString(Tag.PresentationCreationDate, VR.DA, header.date());
        all.setString(Tag.PresentationCreationTime, VR.TM, header.time());
        all.setString(Tag.ContentLabel, VR.CS, "SEGMENTATION");
        String which = result.origin().modelId() + " " + result.origin().modelVersion();
        all.setString(Tag.ContentDescription, VR.LO, Texts.fitting(which + ", AI, not reviewed", 64));
        all.setString(Tag.ContentCreatorName, VR.PN, "Segnode^AI");
        all.setString(Tag.PresentationLUTShape, VR.CS, "IDENTITY");
        all.remove(Tag.ContentDate);
        all.remove(Tag.ContentTime);
        rescale(all, result.source(), slices.get(0));
        area(all, result.source(), slices);
        layers(all, result);
        List<Attributes> annotations = annotations(result, slices);
        if (!annotations.isEmpty()) {
            Items.put(all, Tag.GraphicAnnotationSequence, annotations.toArray(Attributes[]::new));
        }
        Path file = places.place(ResultForm.PR, number, all.getString(Tag.SOPInstanceUID));
        return ObjectFile.implicit(all).write(ResultForm.PR, file, draft -> requireSame(draft, result, slices));
    }

    private static void rescale(Attributes all, SourceSeries source, int slice) {
        Slice like = source.slices().get(slice);
        all.setString(Tag.RescaleIntercept, VR.DS, DecimalString.of(like.intercept()));
        all.setString(Tag.RescaleSlope, VR.DS, DecimalString.of(like.slope()));
        boolean hounsfield = "CT".equals(source.common().getString(Tag.Modality));
        all.setString(Tag.RescaleType, VR.LO, hounsfield ? "HU" : "US");
    }

    /** All of each image, as large as the screen allows, and what is referred to. */
    private static void area(Attributes all, SourceSeries source, List<Integer> slices) {
        Attributes series = new Attributes();
        Items.put(series, Tag.ReferencedImageSequence, images(source, slices));
        series.setString(Tag.SeriesInstanceUID, VR.UI, source.common().getString(Tag.SeriesInstanceUID));
        Items.put(all, Tag.ReferencedSeriesSequence, series);
        Slice first = source.slices().get(0);
        Attributes area = new Attributes();
        area.setInt(Tag.DisplayedAreaTopLeftHandCorner, VR.SL, 1, 1);
        area.setInt(
                Tag.DisplayedAreaBottomRightHandCorner,
                VR.SL,
                first.layout().columns(),
                first.layout().rows());
        area.setString(Tag.PresentationSizeMode, VR.CS, "SCALE TO FIT");
        area.setString(
                Tag.PresentationPixelSpacing, VR.DS, DecimalString.of(first.rowSpacing(), first.columnSpacing()));
        Items.put(all, Tag.DisplayedAreaSelectionSequence, area);
    }

    private static Attributes[] images(SourceSeries source, List<Integer> slices) {
        Map<String, Attributes> images = new TreeMap<>();
        Map<String, List<Integer>> frames = new TreeMap<>();
        for (int k : slices) {
            Slice slice = source.slices().get(k);
            images.putIfAbsent(slice.sopInstanceUid(), Items.instance(slice));
            if (slice.multiFrame()) {
                frames.computeIfAbsent(slice.sopInstanceUid(), uid -> new ArrayList<>())
                        .add(slice.frame());
            }
        }
        images.forEach((uid, image) -> {
            List<Integer> numbers = frames.getOrDefault(uid, List.of());
            if (!numbers.isEmpty()) {
                image.setInt(
                        Tag.ReferencedFrameNumber,
                        VR.IS,
                        numbers.stream().sorted().mapToInt(Integer::intValue).toArray());
            }
        });
        return images.values().toArray(Attributes[]::new);
    }

    private static void layers(Attributes all, SegmentedSeries result) {
        List<Attributes> layers = new ArrayList<>();
        for (LabelMeaning meaning : result.meanings()) {
            Attributes layer = new Attributes();
            layer.setString(Tag.GraphicLayer, VR.CS, layer(meaning));
            layer.setInt(Tag.GraphicLayerOrder, VR.IS, layers.size() + 1);
            layer.setInt(Tag.GraphicLayerRecommendedDisplayCIELabValue, VR.US, CieLab.of(meaning.rgb()));
            layer.setString(Tag.GraphicLayerDescription, VR.LO, meaning.name());
            layers.add(layer);
        }
        Items.put(all, Tag.GraphicLayerSequence, layers.toArray(Attributes[]::new));
    }

    private static String layer(LabelMeaning meaning) {
        return Texts.fitting("LABEL " + meaning.label(), MOST_LAYER_NAME);
    }

    private static List<Attributes> annotations(SegmentedSeries result, List<Integer> slices) {
        List<Attributes> annotations = new ArrayList<>();
        for (SegmentationFrames.Frame frame : SegmentationFrames.of(result).frames()) {
            LabelMeaning meaning = result.meanings().get(frame.segment() - 1);
            List<Polygon> outlines = Outlines.separate(frame.plane(result.labels()), meaning.label());
            if (!outlines.isEmpty() && slices.contains(frame.slice())) {
                annotations.add(annotation(outlines, result.source(), frame.slice(), meaning));
            }
        }
        return annotations;
    }

    private static Attributes annotation(List<Polygon> outlines, SourceSeries source, int slice, LabelMeaning meaning) {
        Attributes annotation = new Attributes();
        Items.put(annotation, Tag.ReferencedImageSequence, images(source, List.of(slice)));
        annotation.setString(Tag.GraphicLayer, VR.CS, layer(meaning));
        Items.put(
                annotation,
                Tag.GraphicObjectSequence,
                outlines.stream().map(PresentationWriter::line).toArray(Attributes[]::new));
        return annotation;
    }

    /** Closed: the first point again at the end. The corner of the first pixel is (0, 0), its centre (0.5, 0.5). */
    private static Attributes line(Polygon outline) {
        int points = outline.points() + 1;
        float[] data = new float[2 * points];
        for (int i = 0; i < points; i++) {
            data[2 * i] = (float) (outline.columns()[i % outline.points()] + 0.5);
            data[2 * i + 1] = (float) (outline.rows()[i % outline.points()] + 0.5);
        }
        Attributes line = new Attributes();
        line.setString(Tag.GraphicAnnotationUnits, VR.CS, "PIXEL");
        line.setInt(Tag.GraphicDimensions, VR.US, 2);
        line.setInt(Tag.NumberOfGraphicPoints, VR.US, points);
        line.setFloat(Tag.GraphicData, VR.FL, data);
        line.setString(Tag.GraphicType, VR.CS, "POLYLINE");
        line.setString(Tag.GraphicFilled, VR.CS, "N");
        return line;
    }

    private static void requireSame(Path draft, SegmentedSeries result, List<Integer> slices)
            throws UnusableSeriesException {
        short[] read = PresentationReader.read(draft, result.source());
        Shape shape = result.source().shape();
        int plane = shape.rows() * shape.columns();
        for (int k : slices) {
            for (int i = k * plane; i < (k + 1) * plane; i++) {
                if (read[i] != result.labels().labels()[i]) {
                    throw new IllegalStateException("the graphics that were written enclose label " + read[i]
                            + " instead of " + result.labels().labels()[i] + " on slice " + (k + 1));
                }
            }
        }
    }
}
