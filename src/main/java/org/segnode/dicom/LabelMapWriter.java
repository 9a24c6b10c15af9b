package org.segnode.dicom;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.aoju.bus.image.Tag;
import org.aoju.bus.image.galaxy.data.Attributes;
import org.segnode.UnusableSeriesException;

/**
 * Writes Label Map Segmentation (Supplement 243): each pixel is the number of its segment, 0 for background, in 8 bits, or
 * in 16 for more than 255 segments.
 */
final class LabelMapWriter implements ResultWriter {
    private static final int MOST_IN_8_BITS = 255;

    private final long mostBytes;

    LabelMapWriter() {
        this(SegmentationPart.MOST_BYTES);
    }

    /** @param mostBytes of pixel data in one object */
    LabelMapWriter(long mostBytes) {
        this.mostBytes = mostBytes;
    }

    @Override
    public List<ResultObject> write(SegmentedSeries result, ResultPlaces places) {
        int bits = result.meanings().size() <= MOST_IN_8_BITS ? 8 : 16;
        int plane = result.source().shape().rows() * result.source().shape().columns();
        SegmentationFrames frames = SegmentationFrames.of(result).bySlice();
        String content = result.labels().digest();
        List<ResultObject> written = new ArrayList<>();
        for (SegmentationPart part :
                SegmentationPart.bySlice(result.meanings(), frames, (long) plane * bits, mostBytes)) {
            Attributes header = new SegmentationHeader(result, ResultForm.LABELMAP, part).attributes(content, bits);
            Path file = places.place(ResultForm.LABELMAP, part.number(), header.getString(Tag.SOPInstanceUID));
            Numbers numbers =
                    new Numbers(result.labels().labels(), result.segmentOfLabel(), part.frames(), plane, bits / 8);
            written.add(new ObjectFile(header, numbers)
                    .write(ResultForm.LABELMAP, file, draft -> requireSame(draft, result, part.frames())));
        }
        return written;
    }

    /** Segment numbers of the frames' slices, little-endian. */
    @SuppressWarnings("ArrayRecordComponent") // handed over, never compared
    private record Numbers(short[] labels, int[] segmentOf, SegmentationFrames frames, int plane, int bytes)
            implements ObjectFile.Pixels {
        @Override
        public long length() {
            long length = (long) plane * bytes * frames.frames().size();
            return length + length % 2;
        }

        @Override
        public void write(OutputStream out) throws IOException {
            byte[] frame = new byte[plane * bytes];
            for (SegmentationFrames.Frame each : frames.frames()) {
                for (int i = 0; i < plane; i++) {
                    int label = labels[each.slice() * plane + i];
                    int segment = label == 0 ? 0 : segmentOf[label];
                    frame[i * bytes] = (byte) segment;
                    if (bytes == 2) {
                        frame[2 * i + 1] = (byte) (segment >> 8);
                    }
                }
                out.write(frame);
            }
            if ((long) plane * bytes * frames.frames().size() % 2 != 0) {
                out.write(0);
            }
        }
    }

    private static void requireSame(Path part, SegmentedSeries result, SegmentationFrames frames)
            throws UnusableSeriesException {
        short[] read = SegmentationReader.read(part, result.source()).labels();
        int[] segmentOf = result.segmentOfLabel();
        boolean[] within = new boolean[result.source().shape().slices()];
        frames.frames().forEach(frame -> within[frame.slice()] = true);
        long different = result.labels().different(read, (slice, label) -> within[slice] ? segmentOf[label] : 0);
        if (different > 0) {
            throw new IllegalStateException(
                    "the label map that was written differs from what was found in " + different + " voxels");
        }
    }
}
