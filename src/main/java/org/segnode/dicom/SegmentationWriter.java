package org.segnode.dicom;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.aoju.bus.image.Tag;
import org.aoju.bus.image.galaxy.data.Attributes;
import org.segnode.UnusableSeriesException;
import org.segnode.plan.LabelMeaning;

/** Writes DICOM Segmentation, BINARY (PS3.3 A.51). */
final class SegmentationWriter implements ResultWriter {
    private final long mostBytes;

    SegmentationWriter() {
        this(SegmentationPart.MOST_BYTES);
    }

    /** @param mostBytes of pixel data in one object */
    SegmentationWriter(long mostBytes) {
        this.mostBytes = mostBytes;
    }

    /** The objects that {@link #write} makes of a result, before they are written. */
    static List<SegmentationPart> parts(SegmentedSeries result, long mostBytes) {
        long bitsPerFrame =
                (long) result.source().shape().rows() * result.source().shape().columns();
        return SegmentationPart.bySegment(result.meanings(), SegmentationFrames.of(result), bitsPerFrame, mostBytes);
    }

    @Override
    public List<ResultObject> write(SegmentedSeries result, ResultPlaces places) {
        String content = result.labels().digest();
        List<ResultObject> written = new ArrayList<>();
        for (SegmentationPart part : parts(result, mostBytes)) {
            Attributes header = new SegmentationHeader(result, ResultForm.SEG, part).attributes(content, 1);
            Path file = places.place(ResultForm.SEG, part.number(), header.getString(Tag.SOPInstanceUID));
            int[] labelOf =
                    part.meanings().stream().mapToInt(LabelMeaning::label).toArray();
            written.add(new ObjectFile(header, new Bits(result.labels(), part.frames(), labelOf))
                    .write(ResultForm.SEG, file, draft -> requireSame(draft, result.labels(), labelOf)));
        }
        return written;
    }

    @SuppressWarnings("ArrayRecordComponent") // handed over, never compared
    private record Bits(SourceLabels labels, SegmentationFrames frames, int[] labelOf) implements ObjectFile.Pixels {
        @Override
        public long length() {
            return SegmentBits.length(labels.shape(), frames);
        }

        @Override
        public void write(OutputStream out) throws IOException {
            SegmentBits.write(labels, frames, labelOf, out);
        }
    }

    /**
     * Through {@link SegmentationReader}, which finds the voxels by the positions in the object.
     *
     * @param labelOf label of each segment; others are not in the object
     */
    private static void requireSame(Path part, SourceLabels labels, int[] labelOf) throws UnusableSeriesException {
        short[] read = SegmentationReader.read(part, labels.source()).labels();
        int[] segmentOf = new int[Short.MAX_VALUE + 1];
        for (int s = 0; s < labelOf.length; s++) {
            segmentOf[labelOf[s]] = s + 1;
        }
        long different = labels.different(read, (slice, label) -> segmentOf[label]);
        if (different > 0) {
            throw new IllegalStateException(
                    "the segmentation that was written differs from the label map in " + different + " voxels");
        }
    }
}
