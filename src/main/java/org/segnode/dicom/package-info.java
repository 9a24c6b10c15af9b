/** DICOM objects to our values and back: series to volume, label map to segmentation object. */
@NullMarked
package org.segnode.dicom;

import org.jspecify.annotations.NullMarked;
