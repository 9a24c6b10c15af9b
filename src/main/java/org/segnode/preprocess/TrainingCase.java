package org.segnode.preprocess;

/**
 * A case with its labels, prepared for training.
 *
 * @param image what the network takes
 * @param labels on the same grid; −1 outside the non-zero region; handed over, not copied
 * @param locations where each class lies
 */
@SuppressWarnings("ArrayRecordComponent") // handed over, never compared
public record TrainingCase(PreparedCase image, short[] labels, ClassLocations locations) {
    public TrainingCase {
        short[] given = labels;
        Heads.requireLengths(image.shape(), 1, only -> given.length);
    }
}
