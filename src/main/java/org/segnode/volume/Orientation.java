package org.segnode.volume;

import java.util.Locale;

/**
 * The patient directions in which a file's indices i, j, k (column, row, slice) grow, as three letters: {@code RAS} for a
 * NIfTI with identity affine, {@code LPS} for the usual axial DICOM series. Array axes are k, j, i.
 *
 * @param letters one of R L, one of A P, one of S I, in any order
 */
public record Orientation(String letters) {
    /** The usual axial DICOM series: columns to the left, rows to the back, slices to the head. */
    public static final Orientation LPS = new Orientation("LPS");

    /** The usual research file: columns to the right, rows to the front, slices to the head. */
    public static final Orientation RAS = new Orientation("RAS");

    private static final String POSITIVE = "LPS";
    private static final String NEGATIVE = "RAI";

    public Orientation {
        letters = letters.toUpperCase(Locale.ROOT);
        boolean[] seen = new boolean[3];
        for (int i = 0; i < letters.length(); i++) {
            int axis = Math.max(POSITIVE.indexOf(letters.charAt(i)), NEGATIVE.indexOf(letters.charAt(i)));
            if (axis >= 0) {
                seen[axis] = true;
            }
        }
        if (letters.length() != 3 || !(seen[0] && seen[1] && seen[2])) {
            throw new IllegalArgumentException(
                    "an orientation is three letters, one of R L, one of A P, one of S I, like RAS; is " + letters);
        }
    }

    /** The orientation whose directions are nearest to the steps of the grid. */
    public static Orientation of(Grid grid) {
        int[] order = {2, 1, 0}; // array axis of i, j, k
        double[][] cosines = new double[3][];
        for (int i = 0; i < 3; i++) {
            Position step = grid.step(order[i]);
            double length = step.length();
            cosines[i] = new double[] {step.x() / length, step.y() / length, step.z() / length};
        }
        int[] best = bestAssignment(cosines);
        StringBuilder letters = new StringBuilder();
        for (int i = 0; i < 3; i++) {
            letters.append((cosines[i][best[i]] > 0 ? POSITIVE : NEGATIVE).charAt(best[i]));
        }
        return new Orientation(letters.toString());
    }

    /** Patient axis (0 x, 1 y, 2 z) along which array axis 0, 1 or 2 (slice, row, column) runs. */
    int patientAxis(int arrayAxis) {
        char letter = letters.charAt(2 - arrayAxis);
        return Math.max(POSITIVE.indexOf(letter), NEGATIVE.indexOf(letter));
    }

    /** Whether the array axis grows towards the left, back or head. */
    boolean grows(int arrayAxis) {
        return POSITIVE.indexOf(letters.charAt(2 - arrayAxis)) >= 0;
    }

    @Override
    public String toString() {
        return letters;
    }

    private static int[] bestAssignment(double[][] cosines) {
        int[][] permutations = {{0, 1, 2}, {0, 2, 1}, {1, 0, 2}, {1, 2, 0}, {2, 0, 1}, {2, 1, 0}};
        int[] best = permutations[0];
        double highest = -1;
        for (int[] permutation : permutations) {
            double sum = 0;
            for (int i = 0; i < 3; i++) {
                sum += Math.abs(cosines[i][permutation[i]]);
            }
            if (sum > highest + 1e-12) {
                highest = sum;
                best = permutation;
            }
        }
        return best;
    }
}
