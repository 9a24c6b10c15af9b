package org.segnode.volume;

/** Values of one grid at the places of another, by trilinear interpolation. */
public final class LinearSampling {
    private LinearSampling() {}

    /**
     * @param values on {@code from}, ordered slice, row, column
     * @param outside value of places more than half a voxel beyond the outermost voxel centres of {@code from}
     * @return on {@code onto}, in the same order
     */
    public static float[] sample(float[] values, Grid from, Grid onto, float outside) {
        float[] sampled = new float[onto.shape().voxels()];
        Position start = onto.origin().minus(from.origin());
        double[] origin = from.steps(start);
        double[] perSlice = from.steps(onto.sliceStep());
        double[] perRow = from.steps(onto.rowStep());
        double[] perColumn = from.steps(onto.columnStep());
        double[] place = new double[3];
        int at = 0;
        for (int slice = 0; slice < onto.shape().slices(); slice++) {
            for (int row = 0; row < onto.shape().rows(); row++) {
                for (int column = 0; column < onto.shape().columns(); column++) {
                    for (int axis = 0; axis < 3; axis++) {
                        place[axis] =
                                origin[axis] + slice * perSlice[axis] + row * perRow[axis] + column * perColumn[axis];
                    }
                    sampled[at++] = value(values, from.shape(), place, outside);
                }
            }
        }
        return sampled;
    }

    /** @param place in steps from the first voxel, along slice, row, column */
    private static float value(float[] values, Shape shape, double[] place, float outside) {
        int[] first = new int[3];
        double[] weight = new double[3];
        for (int axis = 0; axis < 3; axis++) {
            int last = shape.length(axis) - 1;
            if (place[axis] < -0.5 || place[axis] > last + 0.5) {
                return outside;
            }
            double inside = Math.min(last, Math.max(0, place[axis]));
            first[axis] = Math.min((int) inside, Math.max(0, last - 1));
            weight[axis] = inside - first[axis];
        }
        double sum = 0;
        for (int corner = 0; corner < 8; corner++) {
            double share = 1;
            for (int axis = 0; axis < 3; axis++) {
                share *= (corner >> axis & 1) == 1 ? weight[axis] : 1 - weight[axis];
            }
            if (share > 0) {
                int index = shape.index(
                        first[0] + (corner & 1), first[1] + (corner >> 1 & 1), first[2] + (corner >> 2 & 1));
                sum += share * values[index];
            }
        }
        return (float) sum;
    }
}
