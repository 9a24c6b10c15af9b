/** From a mask in a plane to closed lines around it, and back. Knows nothing of patients, only of rows and columns. */
@NullMarked
package org.segnode.dicom.outline;

import org.jspecify.annotations.NullMarked;
