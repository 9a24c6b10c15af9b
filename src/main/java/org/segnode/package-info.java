/** segnode: DICOM series in, nnU-Net v2 segmentation, DICOM SEG out. The parts are the packages below this one. */
@NullMarked
package org.segnode;

import org.jspecify.annotations.NullMarked;
