package org.segnode.preprocess;

import java.util.List;
import org.segnode.volume.Shape;

/**
 * An image as the network takes it: axes permuted, cropped, normalised, resampled. A 2d configuration takes it slice by
 * slice along the first axis.
 *
 * @param shape voxels per axis after resampling
 * @param channels one array per input channel, ordered slice, row, column; handed over, not copied
 * @param geometry how to bring a result back
 */
public record PreparedCase(Shape shape, List<float[]> channels, CaseGeometry geometry) {
    public PreparedCase {
        channels = List.copyOf(channels);
        List<float[]> given = channels;
        Heads.requireLengths(shape, given.size(), channel -> given.get(channel).length);
    }
}
