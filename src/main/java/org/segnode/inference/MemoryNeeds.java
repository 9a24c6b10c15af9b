package org.segnode.inference;

/**
 * What a case needs, estimated before it is computed.
 *
 * @param voxels of the network's grid, padding included
 * @param heads of the network
 * @param folds that are averaged
 * @param bytesPerValue 2, or 4 with {@code --precise}
 */
record MemoryNeeds(long voxels, int heads, int folds, int bytesPerValue) {
    /** Sums of all heads, how often each voxel was covered, and the sum of the earlier folds. */
    long sumBytes() {
        return voxels * bytesPerValue * ((long) heads * (folds > 1 ? 2 : 1) + 1);
    }

    /** The finished logits. */
    long logitsBytes() {
        return voxels * bytesPerValue * heads;
    }

    /** How many heads' sums fit, at least 1. */
    int headsWithin(long bytes) {
        long perHead = voxels * bytesPerValue * (folds > 1 ? 2 : 1);
        return (int) Math.max(1, Math.min(heads, (bytes - voxels * bytesPerValue) / Math.max(1, perHead)));
    }
}
