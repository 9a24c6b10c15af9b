package org.segnode.dicom;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.List;
import org.aoju.bus.image.Tag;
import org.aoju.bus.image.galaxy.data.Attributes;
import org.segnode.UnusableSeriesException;
import org.segnode.plan.LabelMeaning;

/** Writes DICOM Segmentation, BINARY (PS3.3 A.51). */
public final class SegmentationWriter implements ResultWriter {
    @Override
    public List<ResultObject> write(SegmentedSeries result, ResultPlaces places) {
        SegmentationFrames frames = SegmentationFrames.of(result);
        Attributes header = new SegmentationHeader(result, frames).attributes();
        Path file = places.place(ResultForm.SEG, 1, header.getString(Tag.SOPInstanceUID));
        int[] labelOf = result.meanings().stream().mapToInt(LabelMeaning::label).toArray();
        return List.of(new ObjectFile(header, new Bits(result.labels(), frames, labelOf))
                .write(ResultForm.SEG, file, part -> requireSame(part, result.labels(), labelOf)));
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

    /** Through {@link SegmentationReader}, which finds the voxels by the positions in the object. */
    private static void requireSame(Path part, SourceLabels labels, int[] labelOf) throws UnusableSeriesException {
        short[] read = SegmentationReader.read(part, labels.source()).labels();
        short[] wanted = labels.labels();
        long different = 0;
        for (int i = 0; i < wanted.length; i++) {
            if (wanted[i] != (read[i] == 0 ? 0 : labelOf[read[i] - 1])) {
                different++;
            }
        }
        if (different > 0) {
            throw new IllegalStateException(
                    "the segmentation that was written differs from the label map in " + different + " voxels");
        }
    }
}
