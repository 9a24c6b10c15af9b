package org.segnode.dicom;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.aoju.bus.image.Tag;
import org.aoju.bus.image.galaxy.data.Attributes;
import org.aoju.bus.image.galaxy.data.Sequence;
import org.segnode.UnusableSeriesException;
import org.segnode.dicom.outline.Polygon;
import org.segnode.volume.Shape;

/** Fills the graphics of a presentation state of ours (even-odd rule): the layer's name says which label. */
final class PresentationReader {
    private PresentationReader() {}

    /** @return labels ordered slice, row, column */
    static short[] read(Path path, SourceSeries source) throws UnusableSeriesException {
        Shape shape = source.shape();
        short[] labels = new short[shape.voxels()];
        Map<String, Integer> indices = new HashMap<>();
        for (int k = 0; k < shape.slices(); k++) {
            Slice slice = source.slices().get(k);
            indices.put(slice.sopInstanceUid() + " " + (slice.multiFrame() ? slice.frame() : 0), k);
        }
        try (DicomFile file = DicomFile.open(path)) {
            for (Attributes annotation : items(file.attributes(), Tag.GraphicAnnotationSequence)) {
                Attributes image = annotation.getNestedDataset(Tag.ReferencedImageSequence);
                Integer slice = image == null
                        ? null
                        : indices.get(image.getString(Tag.ReferencedSOPInstanceUID) + " "
                                + image.getInt(Tag.ReferencedFrameNumber, 0));
                if (slice == null) {
                    throw new UnusableSeriesException("graphics lie on an image that is not of the series");
                }
                String layer = annotation.getString(Tag.GraphicLayer, "");
                paint(annotation, labels, shape, slice, Integer.parseInt(layer.replaceAll("\\D", "")));
            }
            return labels;
        } catch (RuntimeException e) {
            throw DicomFile.reason(path, e);
        }
    }

    private static void paint(Attributes annotation, short[] labels, Shape shape, int slice, int label) {
        boolean[] mask = new boolean[shape.rows() * shape.columns()];
        for (Attributes line : items(annotation, Tag.GraphicObjectSequence)) {
            float[] data = line.getFloats(Tag.GraphicData);
            double[] columns = new double[data.length / 2];
            double[] rows = new double[columns.length];
            for (int i = 0; i < columns.length; i++) {
                columns[i] = data[2 * i] - 0.5;
                rows[i] = data[2 * i + 1] - 0.5;
            }
            new Polygon(columns, rows).toggle(mask, shape.rows(), shape.columns());
        }
        for (int i = 0; i < mask.length; i++) {
            if (mask[i]) {
                labels[slice * mask.length + i] = (short) label;
            }
        }
    }

    private static List<Attributes> items(Attributes parent, int sequence) {
        Sequence items = parent.getSequence(sequence);
        return items == null ? List.of() : items;
    }
}
