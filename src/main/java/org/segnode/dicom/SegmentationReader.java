package org.segnode.dicom;

import java.io.IOException;
import java.nio.file.Path;
import java.util.BitSet;
import org.aoju.bus.image.Tag;
import org.aoju.bus.image.galaxy.data.Attributes;
import org.jspecify.annotations.Nullable;
import org.segnode.UnusableSeriesException;
import org.segnode.volume.Grid;
import org.segnode.volume.LabelMap;
import org.segnode.volume.Shape;

/**
 * Reads a segmentation, BINARY, FRACTIONAL (from half of the maximum) or LABELMAP, onto a grid or the slices of a series. It knows
 * nothing of how the object was made: each pixel is put where the plane position, orientation and spacing of its frame say, so
 * it also judges what was written.
 */
public final class SegmentationReader {
    private SegmentationReader() {}

    /**
     * @return the segment number of each voxel, 0 where there is none
     * @throws UnusableSeriesException if it is no segmentation, a set pixel does not lie at the centre of a voxel of the grid,
     *     or segments overlap
     */
    public static LabelMap read(Path path, Grid grid) throws UnusableSeriesException {
        return new LabelMap(grid, annotation(path, grid).labels());
    }

    /** The same on the slices of a series, wherever these lie. */
    static SourceLabels read(Path path, SourceSeries source) throws UnusableSeriesException {
        return new SourceLabels(source, annotation(path, source).labels());
    }

    /** With all segments, which may overlap; pixels that lie on no voxel are left out and told. */
    static Annotation annotation(Path path, Grid grid) throws UnusableSeriesException {
        return annotation(path, grid.shape(), (object, groups) -> FramePlace.of(object, groups, grid));
    }

    static Annotation annotation(Path path, SourceSeries source) throws UnusableSeriesException {
        return annotation(path, source.shape(), (object, groups) -> FramePlace.of(object, groups, source));
    }

    /** Finds where the pixels of a frame lie. */
    private interface Places {
        FramePlace of(Attributes object, @Nullable Attributes groups) throws UnusableSeriesException;
    }

    private static Annotation annotation(Path path, Shape shape, Places places) throws UnusableSeriesException {
        try (DicomFile file = DicomFile.open(path)) {
            SegmentationKind kind = SegmentationKind.of(file);
            PixelLayout layout = PixelLayout.of(file.attributes());
            PixelRules.checkSegmentation(file);
            Marks marks = new Marks(shape);
            SetPixels pixels = SetPixels.of(file, layout);
            for (int frame = 1; frame <= layout.frames(); frame++) {
                pixels.nextFrame();
                Attributes groups = file.attributes().getNestedDataset(Tag.PerFrameFunctionalGroupsSequence, frame - 1);
                FramePlace place = places.of(file.attributes(), groups);
                int outside = mark(pixels, layout, kind, segment(file.attributes(), groups), place, marks);
                if (outside > 0) {
                    marks.leaveOut("frame " + frame + ": " + outside + " pixels lie on no voxel of the grid");
                }
            }
            return marks.annotation(file.attributes());
        } catch (IOException | RuntimeException e) {
            throw DicomFile.reason(path, e);
        }
    }

    /** @return how many pixels of segments lie on no voxel */
    private static int mark(
            SetPixels set, PixelLayout layout, SegmentationKind kind, int frameSegment, FramePlace place, Marks marks)
            throws IOException {
        int pixels = (int) layout.pixels();
        int outside = 0;
        int last = 0;
        BitSet voxels = new BitSet();
        for (int i = set.next(0, pixels); i < pixels; i = set.next(i + 1, pixels)) {
            int segment = kind.segment(layout.stored(set.sample()), frameSegment);
            if (segment == 0) {
                continue;
            }
            int index = place.index(i / layout.columns(), i % layout.columns());
            if (index < 0) {
                outside++;
                continue;
            }
            voxels = segment == last ? voxels : marks.of(segment);
            last = segment;
            voxels.set(index);
        }
        return outside;
    }

    /** 0 where the frame refers to none: a label map says it pixel by pixel. */
    private static int segment(Attributes object, @Nullable Attributes groups) throws UnusableSeriesException {
        Attributes identification = SliceHeaders.group(object, groups, Tag.SegmentIdentificationSequence);
        int segment = identification.getInt(Tag.ReferencedSegmentNumber, 0);
        boolean labelMap =
                "LABELMAP".equals(object.getString(Tag.SegmentationType, "").trim());
        if (!labelMap && (segment < 1 || segment > 0xffff)) {
            throw new UnusableSeriesException("a frame belongs to segment " + segment + ", not to one from 1 to 65535");
        }
        return segment;
    }
}
