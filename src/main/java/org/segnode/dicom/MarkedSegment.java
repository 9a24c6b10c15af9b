package org.segnode.dicom;

import java.util.BitSet;

/**
 * One segment of an annotation, and where it is. Segments may overlap.
 *
 * @param voxels indices into an array ordered slice, row, column; handed over, not copied
 */
public record MarkedSegment(SegmentDescription description, BitSet voxels) {}
