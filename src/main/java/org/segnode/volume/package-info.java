/** Voxels and where they lie in the patient: {@code Shape}, {@code Spacing}, {@code Grid}, {@code Volume}, {@code LabelMap}. Array axes are slice, row, column; positions are x (left), y (back), z (head) in mm. */
@NullMarked
package org.segnode.volume;

import org.jspecify.annotations.NullMarked;
