package org.segnode.dicom;

/**
 * What is repaired of a series whose slices are not one straight, even stack; what is not repaired is refused.
 *
 * @param resampleTilt a stack that leans from the normal of its slices is straightened for the network
 * @param resampleUneven uneven distances between slices are resampled to even ones for the network
 * @param missingFilled up to so many slices missing in a row are filled for the network; 0 refuses every gap
 * @param removeStrays localizers and slices of another orientation are left out where they are few
 * @param dropDuplicates a second slice at the same place with the same pixels is left out
 */
public record GeometryPolicy(
        boolean resampleTilt, boolean resampleUneven, int missingFilled, boolean removeStrays, boolean dropDuplicates) {
    /** Repairs what can be repaired without doubt. */
    public static final GeometryPolicy DEFAULT = new GeometryPolicy(true, true, 3, true, true);

    /** Takes only straight, even, complete stacks. */
    public static final GeometryPolicy STRICT = new GeometryPolicy(false, false, 0, false, false);

    public GeometryPolicy {
        if (missingFilled < 0) {
            throw new IllegalArgumentException(
                    "the number of missing slices that are filled is not negative, is " + missingFilled);
        }
    }
}
