package org.segnode.volume;

import java.util.List;

/**
 * Voxel values on a grid. The arrays are handed over, not copied: whoever made them no longer writes to them.
 *
 * @param grid where the voxels lie
 * @param channels one array per channel, each of {@code grid.shape().voxels()} values ordered slice, row, column
 */
public record Volume(Grid grid, List<float[]> channels) {
    public Volume {
        channels = List.copyOf(channels);
        if (channels.isEmpty()) {
            throw new IllegalArgumentException("a volume has at least one channel");
        }
        for (float[] channel : channels) {
            if (channel.length != grid.shape().voxels()) {
                throw new IllegalArgumentException("a channel of shape " + grid.shape() + " has "
                        + grid.shape().voxels() + " voxels, is given " + channel.length);
            }
        }
    }

    public Volume(Grid grid, float[] voxels) {
        this(grid, List.of(voxels));
    }

    public Shape shape() {
        return grid.shape();
    }
}
