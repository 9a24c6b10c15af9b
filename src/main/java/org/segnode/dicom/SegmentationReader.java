package org.segnode.dicom;

import java.io.IOException;
import java.nio.file.Path;
import org.aoju.bus.image.Tag;
import org.aoju.bus.image.galaxy.data.Attributes;
import org.jspecify.annotations.Nullable;
import org.segnode.UnusableSeriesException;
import org.segnode.volume.Grid;
import org.segnode.volume.LabelMap;

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
        return new LabelMap(grid, read(path, new LabelMarks(grid.shape()), on(grid)));
    }

    /** The same on the slices of a series, wherever these lie. */
    static SourceLabels read(Path path, SourceSeries source) throws UnusableSeriesException {
        return new SourceLabels(source, read(path, new LabelMarks(source.shape()), on(source)));
    }

    /** With all segments, which may overlap; pixels that lie on no voxel are left out and told. */
    static Annotation annotation(Path path, Grid grid) throws UnusableSeriesException {
        return read(path, new SegmentMarks(grid.shape()), on(grid));
    }

    static Annotation annotation(Path path, SourceSeries source) throws UnusableSeriesException {
        return read(path, new SegmentMarks(source.shape()), on(source));
    }

    /** Finds where the pixels of a frame lie. */
    private interface Places {
        FramePlace of(Attributes object, @Nullable Attributes groups) throws UnusableSeriesException;
    }

    private static Places on(Grid grid) {
        return (object, groups) -> FramePlace.of(object, groups, grid);
    }

    private static Places on(SourceSeries source) {
        return (object, groups) -> FramePlace.of(object, groups, source);
    }

    private static <T> T read(Path path, Marks<T> marks, Places places) throws UnusableSeriesException {
        try (DicomFile file = DicomFile.open(path)) {
            SegmentationKind kind = SegmentationKind.of(file);
            PixelLayout layout = PixelLayout.of(file.attributes());
            PixelRules.checkSegmentation(file);
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
            return marks.taken(SegmentDescriptions.of(file.attributes()));
        } catch (IOException | RuntimeException e) {
            throw DicomFile.reason(path, e);
        }
    }

    /** @return how many pixels of segments lie on no voxel */
    private static int mark(
            SetPixels set,
            PixelLayout layout,
            SegmentationKind kind,
            int frameSegment,
            FramePlace place,
            Marks<?> marks)
            throws IOException {
        int pixels = (int) layout.pixels();
        int outside = 0;
        int end = 0;
        for (int from = set.next(0, pixels); from < pixels; from = set.next(end, pixels)) {
            end = set.end(from, pixels);
            int segment = kind.segment(layout.stored(set.sample()), frameSegment);
            for (int i = from; i < end && segment != 0; i += layout.columns() - i % layout.columns()) {
                int columns = Math.min(end - i, layout.columns() - i % layout.columns());
                outside += markRow(i / layout.columns(), i % layout.columns(), columns, place, segment, marks);
            }
        }
        return outside;
    }

    /** Pixels of one row that follow each other: mostly their voxels do too. */
    private static int markRow(int row, int column, int columns, FramePlace place, int segment, Marks<?> marks) {
        int first = place.row(row, column, columns);
        if (first >= 0) {
            marks.add(segment, first, first + columns);
            return 0;
        }
        int outside = 0;
        for (int i = column; i < column + columns; i++) {
            int index = place.index(row, i);
            outside += index < 0 ? 1 : 0;
            if (index >= 0) {
                marks.add(segment, index, index + 1);
            }
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
