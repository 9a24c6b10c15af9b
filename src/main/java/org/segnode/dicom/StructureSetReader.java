package org.segnode.dicom;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.aoju.bus.image.Tag;
import org.aoju.bus.image.galaxy.data.Attributes;
import org.segnode.UnusableSeriesException;
import org.segnode.dicom.outline.Polygon;

/**
 * Fills the contours of an RT Structure Set (PS3.3 C.8.8.6) on the slices of a series. A contour belongs to the slice nearest to its
 * plane, whatever it refers to. All contours of a region in one plane are filled together by the even-odd rule, so holes come out
 * right whether they are drawn as contours of their own or through a keyhole.
 */
final class StructureSetReader {
    /** How far a point of ours may lie off the plane of its slice, in mm. */
    private static final double IN_PLANE = 0.01;

    /** Contours of one plane lie nearer to each other than this, in mm. */
    private static final double SAME_PLANE = 0.1;

    private final SourceSeries source;
    private final double reach;
    private final Marks<?> marks;
    private final boolean[] mask;

    private StructureSetReader(SourceSeries source, double reach, Marks<?> marks) {
        this.source = source;
        this.reach = reach;
        this.marks = marks;
        this.mask = new boolean[source.shape().rows() * source.shape().columns()];
    }

    /**
     * @return the ROI number of each pixel, 0 where there is none
     * @throws UnusableSeriesException if a contour encloses nothing or does not lie in the plane of a slice, or ROIs overlap
     */
    static SourceLabels read(Path path, SourceSeries source) throws UnusableSeriesException {
        return new SourceLabels(source, read(path, source, IN_PLANE, new LabelMarks(source.shape())));
    }

    /** With all regions, which may overlap. Contours may lie between slices; what lies beyond them is left out and told. */
    static Annotation annotation(Path path, SourceSeries source) throws UnusableSeriesException {
        return read(path, source, source.sliceDistance() / 2 + IN_PLANE, new SegmentMarks(source.shape()));
    }

    private static <T> T read(Path path, SourceSeries source, double reach, Marks<T> marks)
            throws UnusableSeriesException {
        try (DicomFile file = DicomFile.open(path)) {
            StructureSetReader reader = new StructureSetReader(source, reach, marks);
            for (Attributes roi : SegmentDescriptions.items(file.attributes(), Tag.ROIContourSequence)) {
                reader.fill(roi);
            }
            return marks.taken(SegmentDescriptions.of(file.attributes()));
        } catch (RuntimeException e) {
            throw DicomFile.reason(path, e);
        }
    }

    private void fill(Attributes roi) throws UnusableSeriesException {
        int number = roi.getInt(Tag.ReferencedROINumber, -1);
        if (number < 0 || number > 0xffff) {
            throw new UnusableSeriesException("contours are of the ROI " + number + ", not one from 0 to 65535");
        }
        Map<Integer, List<Contour>> bySlice = new TreeMap<>();
        for (Attributes item : SegmentDescriptions.items(roi, Tag.ContourSequence)) {
            Contour contour = Contour.of(item, source.slices());
            String reason = contour.unusable(reach);
            if (reason.isEmpty()) {
                bySlice.computeIfAbsent(contour.slice(), slice -> new ArrayList<>())
                        .add(contour);
            } else {
                marks.leaveOut("ROI " + number + ": " + reason);
            }
        }
        marks.add(number, 0, 0);
        bySlice.forEach((slice, contours) -> fill(slice, inNearestPlane(contours), number));
    }

    /** Where contours are drawn closer than the slices lie, those of one plane make the slice. */
    private static List<Contour> inNearestPlane(List<Contour> contours) {
        Contour nearest = contours.get(0);
        for (Contour contour : contours) {
            nearest = Math.abs(contour.off()) < Math.abs(nearest.off()) ? contour : nearest;
        }
        double plane = nearest.off();
        return contours.stream()
                .filter(contour -> Math.abs(contour.off() - plane) <= SAME_PLANE)
                .toList();
    }

    private void fill(int slice, List<Contour> contours, int number) {
        int rows = source.shape().rows();
        int columns = source.shape().columns();
        SlicePlane plane = SlicePlane.of(source.slices().get(slice));
        int first = rows;
        int end = 0;
        for (Contour contour : contours) {
            Polygon polygon = plane.polygon(contour.xyz());
            polygon.toggle(mask, rows, columns);
            first = Math.min(first, polygon.firstRow());
            end = Math.max(end, polygon.endRow(rows));
        }
        take(first * columns, end * columns, source.shape().index(slice, 0, 0), number);
    }

    /** Adds what the mask shows, and clears it. */
    private void take(int from, int to, int start, int number) {
        int i = from;
        while (i < to) {
            int begin = i;
            while (i < to && mask[i]) {
                mask[i++] = false;
            }
            marks.add(number, start + begin, start + i);
            while (i < to && !mask[i]) {
                i++;
            }
        }
    }
}
