package org.segnode.dicom;

import java.io.IOException;
import java.nio.file.Path;
import org.aoju.bus.image.Tag;
import org.aoju.bus.image.galaxy.data.Attributes;
import org.segnode.UnusableSeriesException;

/** Reads a Label Map Segmentation onto the slices of a series, each pixel where the object's positions say. */
final class LabelMapReader {
    private LabelMapReader() {}

    /**
     * @return the segment number of each pixel, 0 for background
     * @throws UnusableSeriesException if it is no label map of 8 or 16 bits, or a segment does not lie on the slices
     */
    static SourceLabels read(Path path, SourceSeries source) throws UnusableSeriesException {
        try (DicomFile file = DicomFile.open(path)) {
            Attributes object = file.attributes();
            PixelLayout layout = PixelLayout.of(object);
            int bytes = layout.bitsAllocated() / 8;
            if (!"LABELMAP".equals(object.getString(Tag.SegmentationType)) || bytes < 1 || bytes > 2) {
                throw new UnusableSeriesException(DicomFile.name(path) + " is no label map of 8 or 16 bits");
            }
            if (file.isEncapsulated() || !file.hasPixelData()) {
                throw new UnusableSeriesException(DicomFile.name(path) + " has no uncompressed pixel data");
            }
            PixelLayout.requireLength(file);
            short[] segments = new short[source.shape().voxels()];
            byte[] frame = new byte[(int) layout.frameBytes()];
            for (int number = 1; number <= layout.frames(); number++) {
                file.stream().readFully(frame, 0, frame.length);
                Attributes groups = object.getNestedDataset(Tag.PerFrameFunctionalGroupsSequence, number - 1);
                put(frame, bytes, layout, FramePlace.of(object, groups, source), segments);
            }
            return new SourceLabels(source, segments);
        } catch (IOException | RuntimeException e) {
            throw DicomFile.reason(path, e);
        }
    }

    private static void put(byte[] frame, int bytes, PixelLayout layout, FramePlace place, short[] segments)
            throws UnusableSeriesException {
        for (int i = 0; i < layout.pixels(); i++) {
            int segment = bytes == 1 ? frame[i] & 0xff : frame[2 * i] & 0xff | (frame[2 * i + 1] & 0xff) << 8;
            if (segment != 0) {
                int index = place.index(i / layout.columns(), i % layout.columns());
                if (index < 0 || segment > Short.MAX_VALUE) {
                    throw new UnusableSeriesException("segment " + segment + " lies in row " + i / layout.columns()
                            + ", column " + i % layout.columns() + " on no pixel of the series");
                }
                segments[index] = (short) segment;
            }
        }
    }
}
