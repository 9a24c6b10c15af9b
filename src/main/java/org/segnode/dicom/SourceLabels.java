package org.segnode.dicom;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.stream.IntStream;
import org.segnode.volume.LabelMap;
import org.segnode.volume.Shape;

/**
 * One label per pixel of a series' slices, wherever these lie; 0 is background. The array is handed over, not copied.
 *
 * @param source whose slices they are
 * @param labels in [0, 32767], ordered slice, row, column, in the order of the source's slices
 */
@SuppressWarnings("ArrayRecordComponent") // handed over, compared by content where a test needs it
public record SourceLabels(SourceSeries source, short[] labels) {
    public SourceLabels {
        if (labels.length != source.shape().voxels()) {
            throw new IllegalArgumentException("labels of " + source.shape() + " voxels are "
                    + source.shape().voxels() + ", is given " + labels.length);
        }
    }

    /**
     * @param labelMap what the network found; each pixel of a slice gets the label of the voxel that lies nearest
     * @throws IllegalArgumentException if the label map does not lie on the source's grid
     */
    public static SourceLabels of(LabelMap labelMap, SourceSeries source) {
        return new SourceLabels(source, source.onSlices(labelMap));
    }

    public Shape shape() {
        return source.shape();
    }

    /**
     * Slice by slice, on all processors.
     *
     * @param read as many as the labels
     * @param same what is read for a label; never asked for 0, for which 0 is read
     * @return how many are read otherwise
     */
    long different(short[] read, Expected same) {
        int plane = shape().rows() * shape().columns();
        return IntStream.range(0, shape().slices())
                .parallel()
                .mapToLong(slice -> {
                    long different = 0;
                    for (int i = slice * plane, end = i + plane; i < end; i++) {
                        int wanted = labels[i] == 0 ? 0 : same.of(slice, labels[i]);
                        different += read[i] == wanted ? 0 : 1;
                    }
                    return different;
                })
                .sum();
    }

    /** What stands for a label in an object. */
    interface Expected {
        int of(int slice, int label);
    }

    /** SHA-256 of the labels, hexadecimal. */
    String digest() {
        ByteBuffer block = ByteBuffer.allocate(1 << 16);
        MessageDigest sha = DerivedUids.sha256();
        for (int start = 0; start < labels.length; start += block.capacity() / Short.BYTES) {
            int count = Math.min(block.capacity() / Short.BYTES, labels.length - start);
            block.clear().asShortBuffer().put(labels, start, count);
            sha.update(block.limit(count * Short.BYTES));
        }
        return HexFormat.of().formatHex(sha.digest());
    }
}
