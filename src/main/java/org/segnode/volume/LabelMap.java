package org.segnode.volume;

/**
 * One label per voxel on a grid; 0 is background. The array is handed over, not copied.
 *
 * @param grid where the voxels lie
 * @param labels {@code grid.shape().voxels()} labels in [0, 32767], ordered slice, row, column
 */
@SuppressWarnings("ArrayRecordComponent") // handed over, compared by content where a test needs it
public record LabelMap(Grid grid, short[] labels) {
    public LabelMap {
        if (labels.length != grid.shape().voxels()) {
            throw new IllegalArgumentException("a label map of shape " + grid.shape() + " has "
                    + grid.shape().voxels() + " voxels, is given " + labels.length);
        }
        for (short label : labels) {
            if (label < 0) {
                throw new IllegalArgumentException("a label is between 0 and 32767, is " + label);
            }
        }
    }

    public Shape shape() {
        return grid.shape();
    }

    public int label(int slice, int row, int column) {
        return labels[grid.shape().index(slice, row, column)];
    }

    /** Number of voxels that carry the label. */
    public int count(int label) {
        int count = 0;
        for (short each : labels) {
            if (each == label) {
                count++;
            }
        }
        return count;
    }
}
