package org.segnode.dicom;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.aoju.bus.image.Tag;
import org.aoju.bus.image.galaxy.data.Attributes;
import org.segnode.UnusableSeriesException;
import org.segnode.plan.LabelMeaning;

/**
 * Writes DICOM Segmentation, FRACTIONAL with probabilities (PS3.3 C.8.20.2.3): a byte per pixel, 255 for certain. A segment
 * has frames where it is not quite improbable, so that most voxels with a frame belong to none or to several segments.
 */
final class FractionalWriter implements ResultWriter {
    private static final int BITS = 8;

    private final long mostBytes;

    FractionalWriter() {
        this(SegmentationPart.MOST_BYTES);
    }

    /** @param mostBytes of pixel data in one object */
    FractionalWriter(long mostBytes) {
        this.mostBytes = mostBytes;
    }

    /** @throws IllegalArgumentException if the result has labels only */
    @Override
    public List<ResultObject> write(SegmentedSeries result, ResultPlaces places) {
        if (result.levels().isEmpty()) {
            throw new IllegalArgumentException(
                    "a fractional segmentation needs probabilities, the result has labels only");
        }
        int plane = result.source().shape().rows() * result.source().shape().columns();
        String content = digest(result);
        List<ResultObject> written = new ArrayList<>();
        for (SegmentationPart part : SegmentationPart.bySegment(
                result.meanings(), SegmentationFrames.ofLevels(result), (long) BITS * plane, mostBytes)) {
            Attributes header = new SegmentationHeader(result, ResultForm.FRACTIONAL, part).attributes(content, BITS);
            Path file = places.place(ResultForm.FRACTIONAL, part.number(), header.getString(Tag.SOPInstanceUID));
            written.add(new ObjectFile(header, new Levels(result, part, plane))
                    .write(ResultForm.FRACTIONAL, file, draft -> requireSame(draft, result, part)));
        }
        return written;
    }

    /** Of the labels too: segments that are in none of their voxels say so. */
    private static String digest(SegmentedSeries result) {
        MessageDigest sha = DerivedUids.sha256();
        sha.update(HexFormat.of().parseHex(result.labels().digest()));
        result.levels().forEach((label, level) -> {
            sha.update(ByteBuffer.allocate(Integer.BYTES).putInt(0, label));
            sha.update(level);
        });
        return HexFormat.of().formatHex(sha.digest());
    }

    private static byte[] level(SegmentedSeries result, LabelMeaning meaning) {
        byte[] level = result.levels().get(meaning.label());
        return level == null ? new byte[result.source().shape().voxels()] : level;
    }

    private record Levels(SegmentedSeries result, SegmentationPart part, int plane) implements ObjectFile.Pixels {
        @Override
        public long length() {
            long length = (long) plane * part.frames().frames().size();
            return length + length % 2;
        }

        @Override
        public void write(OutputStream out) throws IOException {
            for (SegmentationFrames.Frame frame : part.frames().frames()) {
                LabelMeaning meaning = part.meanings().get(frame.segment() - 1);
                out.write(level(result, meaning), frame.slice() * plane, plane);
            }
            if ((long) plane * part.frames().frames().size() % 2 != 0) {
                out.write(0);
            }
        }
    }

    private static void requireSame(Path file, SegmentedSeries result, SegmentationPart part)
            throws UnusableSeriesException {
        Map<Integer, byte[]> read = FractionalReader.read(file, result.source());
        for (int i = 0; i < part.meanings().size(); i++) {
            LabelMeaning meaning = part.meanings().get(i);
            byte[] wanted = level(result, meaning);
            byte[] found = read.getOrDefault(i + 1, new byte[0]);
            int different = Arrays.mismatch(wanted, found.length == 0 ? new byte[wanted.length] : found);
            if (different >= 0) {
                throw new IllegalStateException(
                        "the fractional segmentation that was written differs from what was found" + " for label "
                                + meaning.label() + " at voxel " + different);
            }
        }
    }
}
