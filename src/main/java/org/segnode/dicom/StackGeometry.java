package org.segnode.dicom;

/**
 * How the slices of a series lie, measured from their positions.
 *
 * @param plane the slices' own
 * @param angle degrees between the slices and the nearest of the axial, coronal and sagittal planes
 * @param axes patient directions in which column, row and slice indices grow, like LPS
 * @param slices that are used
 * @param sliceSpacing usual distance between slices along their normal, in mm
 * @param leastSpacing the smallest of these distances, in mm
 * @param mostSpacing the largest of these distances, in mm
 * @param rowSpacing between rows, in mm
 * @param columnSpacing between columns, in mm
 * @param tilt degrees between the stack and the normal of its slices
 * @param frameOfReferenceUid empty where there is none
 */
public record StackGeometry(
        AnatomicalPlane plane,
        double angle,
        String axes,
        int slices,
        int rows,
        int columns,
        double sliceSpacing,
        double leastSpacing,
        double mostSpacing,
        double rowSpacing,
        double columnSpacing,
        double tilt,
        String frameOfReferenceUid) {}
