package org.segnode.preprocess;

import org.segnode.volume.Box;
import org.segnode.volume.Grid;
import org.segnode.volume.Shape;
import org.segnode.volume.Spacing;

/**
 * What is remembered of a case to bring a result back onto its grid.
 *
 * @param grid the case's own grid, axes as in its file
 * @param spacing of the file in mm, axes as in the file
 * @param axes how the file's axes were permuted
 * @param box the non-zero part, axes permuted
 */
public record CaseGeometry(Grid grid, Spacing spacing, AxisPermutation axes, Box box) {

    /** Shape of the whole image, axes permuted: nnU-Net's {@code shape_before_cropping}. */
    public Shape shapeBeforeCropping() {
        return axes.apply(grid.shape());
    }

    /** Shape of the non-zero part, axes permuted: {@code shape_after_cropping_and_before_resampling}. */
    public Shape shapeAfterCropping() {
        return box.shape();
    }

    /** Spacing with its axes permuted, in mm. */
    public Spacing permutedSpacing() {
        return axes.apply(spacing);
    }
}
