package org.segnode.dicom;

import java.nio.file.Path;
import java.util.List;
import org.aoju.bus.image.Tag;
import org.aoju.bus.image.galaxy.data.Attributes;
import org.aoju.bus.image.galaxy.data.Sequence;
import org.jspecify.annotations.Nullable;
import org.segnode.UnusableSeriesException;
import org.segnode.volume.Position;

/**
 * Fills the contours of an RT Structure Set on the slices of a series (even-odd rule). A contour belongs to the slice in whose
 * plane its points lie, whatever it refers to.
 */
final class StructureSetReader {
    /** How far a point may lie off the plane of its slice, in mm. */
    private static final double IN_PLANE = 0.01;

    private final SourceSeries source;
    private final int pixels;
    private final short[] labels;

    private StructureSetReader(SourceSeries source) {
        this.source = source;
        this.pixels = source.shape().rows() * source.shape().columns();
        this.labels = new short[source.shape().voxels()];
    }

    /**
     * @return the ROI number of each pixel, 0 where there is none
     * @throws UnusableSeriesException if a contour is not closed and planar, lies in no slice, or ROIs overlap
     */
    static SourceLabels read(Path path, SourceSeries source) throws UnusableSeriesException {
        try (DicomFile file = DicomFile.open(path)) {
            StructureSetReader reader = new StructureSetReader(source);
            for (Attributes roi : items(file.attributes(), Tag.ROIContourSequence)) {
                reader.fill(roi);
            }
            return new SourceLabels(source, reader.labels);
        } catch (RuntimeException e) {
            throw DicomFile.reason(path, e);
        }
    }

    private void fill(Attributes roi) throws UnusableSeriesException {
        int number = roi.getInt(Tag.ReferencedROINumber, 0);
        if (number < 1 || number > Short.MAX_VALUE) {
            throw new UnusableSeriesException("a ROI has the number " + number + ", not one from 1 to 32767");
        }
        boolean[] @Nullable [] masks = new boolean[source.shape().slices()][];
        for (Attributes contour : items(roi, Tag.ContourSequence)) {
            double[] xyz = points(contour);
            int slice = slice(xyz);
            boolean[] mask = masks[slice];
            if (mask == null) {
                mask = new boolean[pixels];
                masks[slice] = mask;
            }
            SlicePlane.of(source.slices().get(slice))
                    .polygon(xyz)
                    .toggle(mask, source.shape().rows(), source.shape().columns());
        }
        for (int slice = 0; slice < masks.length; slice++) {
            paint(masks[slice], slice, number);
        }
    }

    private void paint(boolean @Nullable [] mask, int slice, int number) throws UnusableSeriesException {
        for (int i = 0; mask != null && i < pixels; i++) {
            if (mask[i]) {
                if (labels[slice * pixels + i] != 0) {
                    throw new UnusableSeriesException(
                            "ROIs " + labels[slice * pixels + i] + " and " + number + " overlap");
                }
                labels[slice * pixels + i] = (short) number;
            }
        }
    }

    private static double[] points(Attributes contour) throws UnusableSeriesException {
        String type = contour.getString(Tag.ContourGeometricType, "");
        double[] xyz = contour.getDoubles(Tag.ContourData);
        if (!type.startsWith("CLOSED") || xyz == null || xyz.length < 9 || xyz.length % 3 != 0) {
            throw new UnusableSeriesException("a contour of type " + type + " with " + (xyz == null ? 0 : xyz.length)
                    + " coordinates encloses nothing");
        }
        return xyz;
    }

    /** The slice in whose plane all points lie. */
    private int slice(double[] xyz) throws UnusableSeriesException {
        List<Slice> slices = source.slices();
        int nearest = 0;
        for (int k = 1; k < slices.size(); k++) {
            if (away(slices.get(k), xyz, 0) < away(slices.get(nearest), xyz, 0)) {
                nearest = k;
            }
        }
        for (int i = 0; i < xyz.length; i += 3) {
            double away = away(slices.get(nearest), xyz, i);
            if (away > IN_PLANE) {
                throw new UnusableSeriesException("a point of a contour lies " + Words.mm(away)
                        + " off the nearest slice, more than " + Words.mm(IN_PLANE));
            }
        }
        return nearest;
    }

    private static double away(Slice slice, double[] xyz, int at) {
        Position p = new Position(xyz[at], xyz[at + 1], xyz[at + 2]);
        return Math.abs(slice.normal().dot(p.minus(slice.position())));
    }

    private static List<Attributes> items(Attributes parent, int sequence) {
        Sequence items = parent.getSequence(sequence);
        return items == null ? List.of() : items;
    }
}
