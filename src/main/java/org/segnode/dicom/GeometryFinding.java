package org.segnode.dicom;

import java.util.List;

/**
 * Something about the places of a series' slices that a person should know.
 *
 * @param words a sentence with numbers and slices, without patient data
 * @param amount how much, in the unit of the kind
 * @param slices those meant, as people find them in a viewer; the first {@value #MOST_SLICES} of them
 */
public record GeometryFinding(Kind kind, Effect effect, String words, double amount, List<String> slices) {
    private static final int MOST_SLICES = 50;

    /** What was found; the unit of the amount. */
    public enum Kind {
        /** Objects that cannot be read as slices of one series; no amount. */
        UNUSABLE,
        /** Several stacks in one object; their number. */
        STACKS,
        /** Localizers among the slices, by Image Type; their number. */
        LOCALIZER,
        /** Slices of another orientation; their number. */
        ORIENTATION,
        /** Slices of another size or pixel spacing; how many different ones there are. */
        SIZE,
        /** Further slices with the same pixels at the same place; their number. */
        DUPLICATE,
        /** Different slices at the same place; their number. */
        CONFLICT,
        /** The stack leans from the normal of its slices; degrees. */
        TILT,
        /** Slices are missing; their number. */
        GAP,
        /** Distances that are not the usual one; how many. */
        UNEVEN,
        /** Slices beside the line of the stack; the largest distance in mm. */
        SHIFTED,
        /** Image Orientation is not of unit length or not perpendicular; by how much, 1 is a unit vector. */
        SKEW,
        /** The images do not lie as Patient Position says; no amount. */
        PATIENT_POSITION,
        /** The images do not lie on the side that Laterality says; no amount. */
        LATERALITY,
        /** No frame of reference; no amount. */
        FRAME_OF_REFERENCE
    }

    /** What follows from it. */
    public enum Effect {
        /** Nothing. */
        NOTED,
        /** The network sees something else than the slices as they are. */
        REPAIRED,
        /** The series is not computed. */
        REFUSED
    }

    public GeometryFinding {
        if (words.isBlank()) {
            throw new IllegalArgumentException("a finding of kind " + kind + " needs words");
        }
        slices = List.copyOf(slices.subList(0, Math.min(MOST_SLICES, slices.size())));
    }
}
