package org.segnode.dicom;

import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Path;
import org.aoju.bus.image.Tag;
import org.aoju.bus.image.galaxy.data.Attributes;
import org.aoju.bus.image.galaxy.io.ImageInputStream;
import org.jspecify.annotations.Nullable;
import org.segnode.UnusableSeriesException;
import org.segnode.volume.Grid;
import org.segnode.volume.LabelMap;
import org.segnode.volume.Shape;

/**
 * Reads a BINARY segmentation onto a grid. It knows nothing of how the object was made: each pixel is put where the plane
 * position, orientation and spacing of its frame say, so it also judges what was written.
 */
public final class SegmentationReader {
    private SegmentationReader() {}

    /**
     * @return the segment number of each voxel, 0 where there is none
     * @throws UnusableSeriesException if it is no BINARY segmentation, a set pixel does not lie at the centre of a voxel of
     *     the grid, or segments overlap
     */
    public static LabelMap read(Path path, Grid grid) throws UnusableSeriesException {
        return new LabelMap(grid, read(path, grid.shape(), (object, groups) -> FramePlace.of(object, groups, grid)));
    }

    /** The same on the slices of a series, wherever these lie. */
    static SourceLabels read(Path path, SourceSeries source) throws UnusableSeriesException {
        return new SourceLabels(
                source, read(path, source.shape(), (object, groups) -> FramePlace.of(object, groups, source)));
    }

    /** Finds where the pixels of a frame lie. */
    private interface Places {
        FramePlace of(Attributes object, @Nullable Attributes groups) throws UnusableSeriesException;
    }

    private static short[] read(Path path, Shape shape, Places places) throws UnusableSeriesException {
        try (DicomFile file = DicomFile.open(path)) {
            Attributes object = file.attributes();
            PixelLayout layout = PixelLayout.of(object);
            if (!"BINARY".equals(object.getString(Tag.SegmentationType)) || layout.bitsAllocated() != 1) {
                throw new UnusableSeriesException(DicomFile.name(path) + " is no BINARY segmentation");
            }
            if (file.isEncapsulated() || !file.hasPixelData()) {
                throw new UnusableSeriesException(DicomFile.name(path) + " has no uncompressed pixel data");
            }
            PixelLayout.requireLength(file);
            short[] segments = new short[shape.voxels()];
            Bits bits = new Bits(file.stream());
            for (int frame = 1; frame <= layout.frames(); frame++) {
                readFrame(file, frame, layout, places, bits, segments);
            }
            return segments;
        } catch (IOException | RuntimeException e) {
            throw DicomFile.reason(path, e);
        }
    }

    private static void readFrame(
            DicomFile file, int frame, PixelLayout layout, Places places, Bits bits, short[] segments)
            throws IOException, UnusableSeriesException {
        Attributes object = file.attributes();
        Attributes groups = object.getNestedDataset(Tag.PerFrameFunctionalGroupsSequence, frame - 1);
        int segment = segment(object, groups);
        FramePlace place = places.of(object, groups);
        int pixels = (int) layout.pixels();
        for (int i = bits.nextSet(0, pixels); i < pixels; i = bits.nextSet(i + 1, pixels)) {
            int row = i / layout.columns();
            int column = i % layout.columns();
            int index = place.index(row, column);
            if (index < 0) {
                throw new UnusableSeriesException("frame " + frame + ": the pixel in row " + row + ", column " + column
                        + " lies on no voxel of the grid");
            }
            if (segments[index] != 0) {
                throw new UnusableSeriesException("frame " + frame + ": segments " + segments[index] + " and " + segment
                        + " overlap in row " + row + ", column " + column);
            }
            segments[index] = (short) segment;
        }
    }

    private static int segment(Attributes object, @Nullable Attributes groups) throws UnusableSeriesException {
        int segment = SliceHeaders.group(object, groups, Tag.SegmentIdentificationSequence)
                .getInt(Tag.ReferencedSegmentNumber, 0);
        if (segment < 1 || segment > Short.MAX_VALUE) {
            throw new UnusableSeriesException("a frame belongs to segment " + segment + ", not to one from 1 to 32767");
        }
        return segment;
    }

    /** Bits of a stream, least significant first. */
    private static final class Bits {
        private final ImageInputStream stream;
        private final byte[] buffer = new byte[8192];
        private int filled;
        private int at;
        private int bit;

        Bits(ImageInputStream stream) {
            this.stream = stream;
        }

        /**
         * Reads on until a bit is set.
         *
         * @param from number of the next bit
         * @return number of the bit that is set and read, or {@code end} if none is
         */
        int nextSet(int from, int end) throws IOException {
            int i = from;
            while (i < end) {
                if (bit == 0 && at < filled && buffer[at] == 0 && i + 8 <= end) {
                    at++;
                    i += 8;
                } else if (next()) {
                    return i;
                } else {
                    i++;
                }
            }
            return end;
        }

        private boolean next() throws IOException {
            if (at == filled) {
                filled = stream.read(buffer, 0, buffer.length);
                if (filled <= 0) {
                    throw new EOFException("the pixel data end early");
                }
                at = 0;
            }
            boolean set = (buffer[at] >> bit & 1) != 0;
            if (++bit == 8) {
                bit = 0;
                at++;
            }
            return set;
        }
    }
}
