package org.segnode.dicom;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.aoju.bus.image.Tag;
import org.segnode.UnusableSeriesException;
import org.segnode.volume.Grid;

/** Reads what people and programs have marked: segmentations, label maps and structure sets, whoever wrote them. */
public final class AnnotationReader {
    private AnnotationReader() {}

    /**
     * What an object marks on the slices of a series, each pixel or contour where the object says that it lies: the order of frames
     * and references decides nothing.
     *
     * @throws UnusableSeriesException if it is neither a segmentation nor a structure set, cannot be decoded, or has another
     *     Frame of Reference UID (0020,0052) than the series and refers to none of its objects
     */
    public static Annotation read(Path path, SourceSeries source) throws UnusableSeriesException {
        return isStructureSet(path, source)
                ? StructureSetReader.annotation(path, source)
                : SegmentationReader.annotation(path, source);
    }

    /** The same on a grid; only of a segmentation. */
    public static Annotation read(Path path, Grid grid) throws UnusableSeriesException {
        return SegmentationReader.annotation(path, grid);
    }

    /**
     * The grid that a segmentation was drawn on, for reading it without its source.
     *
     * @throws UnusableSeriesException if its frames do not lie on one
     */
    public static Grid grid(Path path) throws UnusableSeriesException {
        try (DicomFile file = DicomFile.open(path)) {
            SegmentationKind.of(file);
            PixelRules.checkSegmentation(file);
            return SegmentationGrid.of(file.attributes());
        } catch (RuntimeException e) {
            throw DicomFile.reason(path, e);
        }
    }

    /** What the segments or regions are called, in the order of the object; none if it is neither of both. */
    public static List<SegmentDescription> descriptions(Path path) throws UnusableSeriesException {
        try (DicomFile file = DicomFile.open(path)) {
            return new ArrayList<>(SegmentDescriptions.of(file.attributes()).values());
        } catch (RuntimeException e) {
            throw DicomFile.reason(path, e);
        }
    }

    private static boolean isStructureSet(Path path, SourceSeries source) throws UnusableSeriesException {
        try (DicomFile file = DicomFile.open(path)) {
            AnnotatedFrame.require(file.attributes(), source);
            return file.attributes().contains(Tag.StructureSetROISequence)
                    || file.attributes().contains(Tag.ROIContourSequence);
        } catch (RuntimeException e) {
            throw DicomFile.reason(path, e);
        }
    }
}
