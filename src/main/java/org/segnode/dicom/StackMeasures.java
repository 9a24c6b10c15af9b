package org.segnode.dicom;

import java.util.Arrays;
import java.util.List;
import org.segnode.volume.Position;

/**
 * Distances and directions within a stack of parallel slices.
 *
 * @param slices at least 2, ascending along the normal
 * @param normal of length 1
 * @param distances between neighbours along the normal, in mm; one less than slices
 * @param usual the median distance
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record StackMeasures(List<Slice> slices, Position normal, double[] distances, double usual) {
    /** Positions are often written with one decimal: neighbours may be up to this much off without being uneven. */
    private static final double EVEN_MM = 0.1;

    /** What a distance may differ from the usual one, as a fraction, for thick slices. */
    private static final double EVEN_FRACTION = 0.01;

    static StackMeasures of(List<Slice> slices) {
        Position along = slices.get(0).normal();
        Position normal = along.times(1 / along.length());
        double[] distances = new double[slices.size() - 1];
        for (int i = 1; i < slices.size(); i++) {
            distances[i - 1] =
                    normal.dot(slices.get(i).position().minus(slices.get(i - 1).position()));
        }
        double[] ascending = distances.clone();
        Arrays.sort(ascending);
        return new StackMeasures(slices, normal, distances, ascending[(ascending.length - 1) / 2]);
    }

    /** What a distance may differ from the usual one, in mm. */
    double tolerance() {
        return Math.max(EVEN_MM, EVEN_FRACTION * usual);
    }

    boolean isUsual(double distance) {
        return Math.abs(distance - usual) <= tolerance();
    }

    /** From the first to the last slice. */
    Position whole() {
        return slices.get(slices.size() - 1).position().minus(slices.get(0).position());
    }

    Position meanStep() {
        return whole().times(1.0 / distances.length);
    }

    /** Angle in radians between the stack and the normal. */
    double tilt() {
        return whole().angleTo(normal);
    }

    double least() {
        return Arrays.stream(distances).min().orElse(usual);
    }

    double most() {
        return Arrays.stream(distances).max().orElse(usual);
    }

    /** How far a slice lies beside its place if all distances were the same, in mm. */
    double besideEven(int slice) {
        return beside(slice, meanStep().times(slice));
    }

    /** How far a slice lies beside the line from the first to the last, within its plane, in mm. */
    double besideLine(int slice) {
        double height =
                normal.dot(slices.get(slice).position().minus(slices.get(0).position()));
        return beside(slice, whole().times(height / normal.dot(whole())));
    }

    private double beside(int slice, Position way) {
        return slices.get(slice)
                .position()
                .minus(slices.get(0).position().plus(way))
                .length();
    }

    /** The distance that a quarter of the distances do not exceed, but no less than a quarter of the usual one. */
    double fine() {
        double[] ascending = distances.clone();
        Arrays.sort(ascending);
        return Math.max(ascending[(ascending.length - 1) / 4], usual / 4);
    }
}
